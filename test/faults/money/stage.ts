import { expect } from "vitest";
import { LOG_LEVELS, type Logger, type LogLevel } from "../../../src/base/logger.ts";
import { defineExpert } from "../../../src/expert/define.ts";
import type { Expert } from "../../../src/expert/expert.ts";
import type { FilterOptions, RiskOptions, RunOptions } from "../../../src/expert/options.ts";
import type { RunStatus } from "../../../src/run/run-status.ts";
import { performAct, type VenueAct } from "../../../src/sandbox/acts.ts";
import type { VenueOrderRecord } from "../../../src/sandbox/venue.ts";
import { World, type SimProcess, type WorldOptions } from "../../simulation/world.ts";

export interface StageOptions extends Partial<WorldOptions> {
  readonly risk?: RiskOptions;
  readonly filters?: FilterOptions;
  readonly run?: RunOptions;
  /** More for the expert to do than what the test asks of it. */
  readonly setup?: (expert: Expert) => void;
}

/** Something that was logged. */
export interface Said {
  readonly level: LogLevel;
  readonly text: string;
}

/** The product and an exchange in one world, with an expert that does what a test asks of it, inside one of its own handlers. */
export class Stage {
  readonly world: World;
  readonly said: Said[] = [];
  process: SimProcess;
  readonly #options: StageOptions;
  readonly #wishes: ((expert: Expert) => void)[] = [];

  constructor(options: StageOptions = {}) {
    this.#options = options;
    this.world = new World({ seed: 7, market: "linear", tradesPerSecond: 0.5, ...options });
    this.process = this.start();
  }

  /** A stage on which the run trades already. */
  static async open(options: StageOptions = {}): Promise<Stage> {
    const stage = new Stage(options);
    await stage.trading();
    return stage;
  }

  /** Starts another life of the same run; `changes` are what is different about its options. */
  start(changes: RunOptions = {}): SimProcess {
    const { risk = {}, filters = {}, run = {}, setup } = this.#options;
    const definition = defineExpert({ name: "Puppet", symbol: this.world.symbol, timeframe: "1m", risk, filters }, (expert) => {
      expert.onTimer(1, () => {
        for (const wish of this.#wishes.splice(0)) wish(expert);
      });
      setup?.(expert);
    });
    this.process = this.world.process(definition, { ...run, ...changes }, loggerInto(this.said));
    return this.process;
  }

  get status(): RunStatus {
    const { handle, outcome, failure } = this.process;
    const status = outcome?.status ?? handle?.status();
    if (status === undefined) throw new Error(`the run has not begun: ${String(failure)}`);
    return status;
  }

  get venue() {
    return this.world.venue;
  }

  get plan() {
    return this.world.plan;
  }

  get symbol(): string {
    return this.world.symbol;
  }

  /** Held at the exchange; above zero long. */
  get held(): number {
    return this.venue.positions().reduce((sum, position) => sum + (position.symbol === this.symbol ? position.quantity : 0), 0);
  }

  /** Held as the run sees it. */
  get seen(): number {
    return this.status.positions.reduce((sum, position) => sum + position.quantity, 0);
  }

  /** Open orders at the exchange that reduce. */
  get exits(): readonly VenueOrderRecord[] {
    return this.venue.openOrders(this.symbol).filter(({ reduceOnly }) => reduceOnly);
  }

  /** Stops that work at the exchange. */
  get stops(): readonly VenueOrderRecord[] {
    return this.venue.openOrders(this.symbol).filter(({ type }) => type === "stop" || type === "trailingStop");
  }

  /** Something happens at the exchange that nobody has asked for. */
  strike(act: VenueAct): void {
    const { world, venue } = this;
    expect(performAct(act, { venues: { [venue.market]: venue }, operator: world.server.operator })).toBeUndefined();
  }

  /** Lets the expert do something at its next moment; gives what it has given. */
  async act<T>(wish: (expert: Expert) => T): Promise<T> {
    let result: { readonly value: T } | undefined;
    this.#wishes.push((expert) => {
      result = { value: wish(expert) };
    });
    await this.until(() => result !== undefined, 5_000, "the expert has acted");
    return (result as { readonly value: T }).value;
  }

  /** Opens a position and waits until both sides know of it. */
  async enter(quantity: number, side: "buy" | "sell" = "buy"): Promise<void> {
    const before = this.held;
    const outcome = await this.act((expert) => expert[side]({ quantity }));
    expect(outcome).toMatchObject({ accepted: true });
    await this.until(() => Math.abs(this.held - before) > 0 && this.seen === this.held, 10_000, "the entry is filled and seen");
  }

  pass(ms: number, look?: () => void): Promise<void> {
    return this.world.pass(ms, look);
  }

  async until(isSo: () => boolean, withinMs: number, what: string): Promise<void> {
    const deadline = this.world.scheduler.now() + withinMs;
    while (!isSo()) {
      if (this.world.scheduler.nextDue > deadline)
        throw new Error(`within ${withinMs} ms it did not come to this: ${what}\n${this.tale()}`);
      await this.world.step();
    }
  }

  async trading(withinMs = 60_000): Promise<void> {
    const isTrading = (): boolean => this.process.failure !== undefined || this.process.handle?.status().connection.isStale === false;
    await this.until(isTrading, withinMs, "the run trades");
    expect(this.process.failure).toBeUndefined();
  }

  /** Waits until the run is over. */
  async end(withinMs = 60_000): Promise<void> {
    await this.until(() => this.process.isOver, withinMs, "the run is over");
  }

  /** Whether something was said with at least that weight. */
  hasSaid(words: RegExp, least: LogLevel = "warn"): boolean {
    return this.said.some(({ level, text }) => LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least) && words.test(text));
  }

  /** Requests of the present life whose path ends so, since a moment. */
  requests(path: string, { method, since = -Infinity }: { readonly method?: string; readonly since?: number } = {}) {
    return this.process.client.sent.filter(
      (request) => request.path.endsWith(path) && request.time >= since && (method === undefined || request.method === method),
    );
  }

  get now(): number {
    return this.world.scheduler.now();
  }

  /** The last things that were said, for a failed expectation. */
  tale(lines = 25): string {
    return this.said
      .slice(-lines)
      .map(({ level, text }) => `${level}: ${text}`)
      .join("\n");
  }
}

function loggerInto(said: Said[]): Logger {
  const say =
    (level: LogLevel) =>
    (text: string): void => {
      said.push({ level, text });
    };
  const logger: Logger = {
    trace: say("trace"),
    debug: say("debug"),
    info: say("info"),
    trade: say("trade"),
    warn: say("warn"),
    error: say("error"),
    fatal: say("fatal"),
    child: () => logger,
  };
  return logger;
}
