import { createHash } from "node:crypto";
import { assert } from "../../src/base/assert.ts";
import type { Logger, LogFields } from "../../src/base/logger.ts";
import { createRandom, type Random } from "../../src/base/random.ts";
import type { RunOptions } from "../../src/expert/options.ts";
import type { Ears } from "./ears.ts";
import { Fate } from "./fate.ts";
import { drawMix, type FaultMix } from "./fault-mix.ts";
import { between } from "./faults/kind.ts";
import type { Violation } from "./invariant.ts";
import { BookWatch } from "./invariants/books.ts";
import { invariantsFor, Oracle } from "./oracle.ts";
import { randomTrader, type TraderHabits } from "./random-trader.ts";
import { View, type BareTime } from "./view.ts";
import type { Wiring } from "./wiring.ts";
import { World } from "./world.ts";

const HOUR_MS = 3_600_000;
/** How long both sides have for agreeing once faults are over, and for the run's end after that. */
const LIVENESS_MS = 240_000;
const FAREWELL_MS = 120_000;
const LAST_EVENTS = 40;

export interface SimulateOptions {
  /** Virtual time with faults. @default 1 */
  readonly hours?: number;
  /** A planted bug. */
  readonly wiring?: Wiring;
  /** What differs from the mix that the seed draws. */
  readonly mix?: Partial<FaultMix>;
  /** Whether the journal is run once more at the end. @default every fourth seed */
  readonly withReplay?: boolean;
  /** Hears every line of the log. */
  readonly onLine?: (line: string) => void;
  /** Looks at what is left, whatever came of it. */
  readonly onEnd?: (view: View) => void;
}

/** What came of one seed. */
export interface SimulationReport {
  readonly seed: number;
  readonly mix: FaultMix;
  /** Everything that happened in the world while faults were in force: messages, answers, timers, acts. */
  readonly faultedEvents: number;
  readonly steps: number;
  /** Requests, messages and streams that were struck, and acts of fate. */
  readonly strikes: number;
  readonly orders: number;
  readonly fills: number;
  readonly processes: number;
  readonly kills: number;
  readonly virtualHours: number;
  readonly bareTimes: readonly BareTime[];
  readonly violations: readonly Violation[];
  /** SHA-256 over everything that happened at the venue and everything that was sent. */
  readonly traceHash: string;
  /** The last words of the process and the faults before them. */
  readonly lastEvents: readonly string[];
  readonly faultsByKind: Readonly<Record<string, number>>;
}

/** Lives a seed from its first step to its last, or to the first rule that is broken. */
export async function simulate(seed: number, options: SimulateOptions = {}): Promise<SimulationReport> {
  return await new Simulation(seed, options).run();
}

class Simulation {
  readonly #seed: number;
  readonly #options: SimulateOptions;
  readonly #mix: FaultMix;
  readonly #random: Random;
  readonly #view: View;
  readonly #world: World;
  readonly #oracle: Oracle;
  readonly #fate: Fate;
  readonly #habits: TraderHabits;
  readonly #books = new BookWatch();
  readonly #hash = createHash("sha256");
  readonly #lines: string[] = [];
  readonly #definition;
  #processes = 0;
  #isRestartDue = false;

  constructor(seed: number, options: SimulateOptions) {
    this.#seed = seed;
    this.#options = options;
    this.#random = createRandom(seed).fork("simulation");
    this.#mix = { ...drawMix(seed, this.#random.fork("mix")), ...options.mix };
    const { market, positionMode, tradesPerSecond, isPaper, eagerness, isStubborn, risk, watchesBook } = this.#mix;
    const books = this.#books;
    this.#habits = { eagerness, isStubborn, risk, ...(watchesBook ? { onBook: books.onBook } : {}) };
    const ears = this.#ears();
    const { wiring } = options;
    this.#world = new World({ seed, market, positionMode, tradesPerSecond, ears, ...(wiring === undefined ? {} : { wiring }) });
    this.#definition = randomTrader(this.#world.symbol, this.#habits);
    this.#view = new View(this.#world, isPaper);
    const withReplay = options.withReplay ?? seed % 4 === 0;
    this.#oracle = new Oracle(this.#view, invariantsFor(this.#definition, books, withReplay));
    this.#fate = new Fate(this.#view, this.#mix, this.#random.fork("fate"), () => {});
  }

  async run(): Promise<SimulationReport> {
    const { hours = 1 } = this.#options;
    this.#start();
    this.#fate.begin();
    await this.#pass(hours * HOUR_MS);
    const faulted = this.#world.steps;
    const struck = this.#struck();
    if (this.#isClean) await this.#comeToRest();
    this.#books.isOver = true;
    if (this.#isClean) await this.#oracle.finish();
    this.#options.onEnd?.(this.#view);
    this.#world.venue.stop();
    return this.#report(faulted, struck);
  }

  get #isClean(): boolean {
    return this.#oracle.violations.length === 0;
  }

  /** Faults are over: both sides come to agree, and the run ends in order. */
  async #comeToRest(): Promise<void> {
    this.#fate.end();
    // A little later, so that no moment that has passed already is one of calm in a repetition.
    this.#habits.calmFrom = this.#view.now + 5_000;
    this.#view.isCalm = true;
    await this.#pass(LIVENESS_MS);
    this.#view.isCalm = false;
    this.#view.process?.terminate();
    const end = this.#view.now + FAREWELL_MS;
    while (this.#isClean && this.#view.process?.isOver === false && this.#view.now < end) await this.#step();
  }

  async #pass(durationMs: number): Promise<void> {
    const end = this.#view.now + durationMs;
    while (this.#isClean && this.#world.scheduler.nextDue <= end) {
      await this.#step();
      this.#supervise();
    }
  }

  async #step(): Promise<void> {
    await this.#world.step();
    this.#oracle.look();
  }

  /** Whoever supervises the process starts it again a while after its end. */
  #supervise(): void {
    if (this.#view.process?.isOver !== true || this.#isRestartDue) return;
    this.#isRestartDue = true;
    const pauseMs = this.#view.isCalm
      ? 1_000
      : this.#random.next() < 0.7
        ? between(this.#random, 1_000, 15_000)
        : between(this.#random, 15_000, 120_000);
    this.#world.scheduler.after(pauseMs, () => {
      this.#isRestartDue = false;
      this.#start();
    });
  }

  #start(): void {
    const { isPaper, onExit } = this.#mix;
    this.#processes += 1;
    // The fake exchange goes on trading by its finest step; only a process that has the same can book that.
    this.#world.venue.operator.setInstrument(this.#world.openingInstrument);
    this.#world.disk.kill();
    this.#world.journal.begin();
    const options: RunOptions = { onExit, ...(isPaper ? { mode: "paper" } : {}) };
    const skewMs = this.#view.process?.scheduler.skewMs ?? 0;
    this.#view.process = this.#world.process(this.#definition, options, this.#logger());
    this.#view.process.scheduler.skewMs = this.#view.isCalm ? 0 : skewMs;
  }

  /** The oracle's ears, and the trace's. */
  #ears(): Ears {
    const note = (text: string): void => void this.#hash.update(text);
    return {
      onVenue: (event) => {
        if (event.kind === "fill") note(`${event.time} fill ${event.fill.tradeId} ${event.fill.price} ${event.fill.quantity}`);
        else if (event.kind === "order")
          note(`${event.time} order ${event.order.clientOrderId} ${event.order.status} ${event.order.filledQuantity}`);
        this.#oracle?.onVenue(event);
      },
      onAnswer: (request, response) => this.#oracle.onAnswer(request, response),
      onSend: (request, process) => {
        note(`${this.#view.now} ${request.method} ${request.url}`);
        this.#oracle.onSend(request, process);
      },
      onResponse: (request, response, process) => this.#oracle.onResponse(request, response, process),
      onSettled: (request, process) => this.#oracle.onSettled(request, process),
      onSocket: (url, isOpen, process) => {
        note(`${this.#view.now} ${isOpen ? "open" : "closed"} ${url}`);
        this.#oracle.onSocket(url, isOpen, process);
      },
      onFrame: (url, data, process) => this.#oracle.onFrame(url, data, process),
      onRecord: (entry) => this.#oracle.onRecord(entry),
      onText: (where, text) => this.#oracle.onText(where, text),
    };
  }

  #logger(): Logger {
    const write = (level: string) => (message: string, fields?: LogFields) => {
      const line = `${new Date(this.#view.now).toISOString().slice(11, 23)} ${level} ${message}${fields === undefined ? "" : ` ${JSON.stringify(fields)}`}`;
      this.#oracle.onText("the log", line);
      this.#lines.push(line);
      if (this.#lines.length > 4 * LAST_EVENTS) this.#lines.splice(0, LAST_EVENTS);
      this.#options.onLine?.(line);
    };
    const [trace, debug, info, trade, warn, error, fatal] = (["trace", "debug", "info", "trade", "warn", "error", "fatal"] as const).map(
      write,
    );
    assert(trace && debug && info && trade && warn && error && fatal, "there are seven levels");
    const logger: Logger = { trace, debug, info, trade, warn, error, fatal, child: () => logger };
    return logger;
  }

  #struck(): number {
    return Object.values(this.#world.plan.counts).reduce((sum, count) => sum + count, 0) + this.#fate.strikes;
  }

  #report(faultedEvents: number, strikes: number): SimulationReport {
    const { venue, symbol, steps, scheduler, firstStart } = this.#world;
    const { counts, told } = this.#fate;
    return {
      seed: this.#seed,
      mix: this.#mix,
      faultedEvents,
      steps,
      strikes,
      orders: venue.orders(symbol).length,
      fills: venue.fills(symbol).length,
      processes: this.#processes,
      kills: (counts.get("kills") ?? 0) + (counts.get("powerCuts") ?? 0) + (counts.get("crashes") ?? 0),
      virtualHours: (scheduler.now() - firstStart) / HOUR_MS,
      bareTimes: this.#view.bareTimes,
      violations: this.#oracle.violations,
      traceHash: this.#hash.copy().digest("hex"),
      lastEvents: [...told.slice(-10).map((line) => `fault ${line}`), ...this.#lines.slice(-LAST_EVENTS)],
      faultsByKind: Object.fromEntries(counts),
    };
  }
}
