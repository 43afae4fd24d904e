import type { Logger, LogLevel } from "../../src/base/logger.ts";
import { defineExpert, type ExpertDefinition } from "../../src/expert/define.ts";
import type { Expert, OrderOptions, OrderOutcome } from "../../src/expert/expert.ts";
import type { RiskOptions, RunOptions } from "../../src/expert/options.ts";
import type { RunStatus } from "../../src/run/run-status.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import type { Venue, VenueOrderRecord } from "../../src/sandbox/venue.ts";
import { World, type SimProcess, type WorldOptions } from "../simulation/world.ts";

export type Market = Venue["market"];

/** A line of the log or an error that the expert was told of. */
export interface Line {
  readonly level: LogLevel | "onError";
  readonly text: string;
}

export interface RigOptions extends Partial<WorldOptions> {
  readonly risk?: RiskOptions;
  readonly run?: RunOptions;
  /** What the expert does by itself, beside what the test tells it. */
  readonly setup?: (expert: Expert) => void;
}

/** Size of an order on each market: base units, on inverse contracts. */
const SIZES: Readonly<Record<Market, number>> = { spot: 0.01, linear: 0.01, inverse: 5 };

/** Paths of the requests that faults are for. */
export const PATHS = {
  spot: { order: "/api/v3/order", open: "/api/v3/openOrders", fills: "/api/v3/myTrades", account: "/api/v3/account", stream: "ws-api" },
  linear: { order: "/fapi/v1/order", open: "/fapi/v1/openOrders", fills: "/fapi/v1/userTrades", account: "/balance", stream: "/ws/" },
  inverse: { order: "/dapi/v1/order", open: "/dapi/v1/openOrders", fills: "/dapi/v1/userTrades", account: "/balance", stream: "/ws/" },
} as const;

/** The whole product against the venue model, with an expert that does what a test tells it, in its own time. */
export class FaultRig {
  readonly world: World;
  readonly market: Market;
  readonly paths: (typeof PATHS)[Market];
  /** Everything that the run has said, over all lives. */
  readonly lines: Line[] = [];
  readonly #options: RigOptions;
  readonly #wishes: ((expert: Expert) => void)[] = [];
  #process: SimProcess | undefined;
  /** Of the expert in its next life. */
  name = "Told";

  constructor(options: RigOptions = {}) {
    this.#options = options;
    this.market = options.market ?? "linear";
    this.paths = PATHS[this.market];
    this.world = new World({ seed: 7, tradesPerSecond: this.market === "spot" ? 2 : 0.5, ...options, market: this.market });
  }

  /** The process dies in the midst of whatever it does, and another one takes its place. */
  async restart(options: RunOptions = {}): Promise<this> {
    this.process.kill();
    return this.start(options);
  }

  /** Starts a process and waits until it trades. */
  async start(options: RunOptions = {}): Promise<this> {
    const { run } = this.#options;
    this.#process = this.world.process(this.#definition(), { ...run, ...options }, this.#log());
    for (let seconds = 0; seconds < 60; seconds += 1) {
      await this.pass(1_000);
      if (this.process.handle !== undefined && !this.status.connection.isStale) return this;
      const { failure } = this.process;
      if (failure !== undefined) throw failure instanceof Error ? failure : new Error("the run has not begun");
    }
    throw new Error(`the run does not trade: ${this.lines.map(({ text }) => text).join("; ")}`);
  }

  get process(): SimProcess {
    if (this.#process === undefined) throw new Error("the rig is not started");
    return this.#process;
  }

  get status(): RunStatus {
    const { handle } = this.process;
    if (handle === undefined) throw new Error("the run has not begun");
    return handle.status();
  }

  get venue(): Venue {
    return this.world.venue;
  }

  get symbol(): string {
    return this.world.symbol;
  }

  get size(): number {
    return SIZES[this.market];
  }

  async pass(ms: number): Promise<void> {
    await this.world.pass(ms);
  }

  /** Lets the expert do something at its next chance, which comes every second, and returns what came of it. */
  async act<T>(wish: (expert: Expert) => T): Promise<T> {
    const done: { value: T }[] = [];
    this.#wishes.push((expert) => void done.push({ value: wish(expert) }));
    for (let steps = 0; steps < 10_000 && done.length === 0; steps += 1) await this.world.step();
    const [first] = done;
    if (first === undefined) throw new Error("the expert had no chance to act");
    return first.value;
  }

  buy(options: OrderOptions = {}): Promise<OrderOutcome> {
    return this.act((expert) => expert.buy({ quantity: this.size, ...options }));
  }

  /** A price so many percent below (or above) the market, on a round number. */
  near(pct: number): number {
    return Math.round(this.venue.lastPrice(this.symbol) * (1 + pct / 100));
  }

  /** The venue executes a share of what is left of an order. */
  fill(clientOrderId: string, share = 1): void {
    const { operator } = this.venue;
    const execute = operator.fill.bind(operator);
    execute({ clientOrderId }, share);
  }

  fault(...faults: readonly Fault[]): void {
    for (const fault of faults) this.world.plan.add(fault);
  }

  /** The private stream stays open and brings nothing until the faults are taken back. */
  stallStream(): void {
    this.fault({ on: "stream", verb: "stall", match: { path: this.paths.stream } });
  }

  /** Faults are over. */
  heal(): void {
    this.world.plan.remove();
    this.world.late.share = 0;
  }

  /** The expert's orders at the venue, oldest first: "buy market 0.01 filled". */
  orders(): string[] {
    return this.own().map(({ side, type, quantity, status }) => `${side} ${type} ${quantity} ${status}`);
  }

  own(): readonly VenueOrderRecord[] {
    return this.venue.orders(this.symbol).filter(({ origin }) => origin === "api");
  }

  /** Requests that placed an order, by all lives of the current process. */
  placed(): number {
    return this.requests("POST", "/order") + this.requests("POST", "/algoOrder") + this.requests("POST", "/oco");
  }

  requests(method: string, path: string): number {
    return this.process.client.sent.filter((sent) => sent.method === method && sent.path.endsWith(path)).length;
  }

  /** What the venue says is held; on spot of the base asset. */
  held(): number {
    const { instrument } = this.world;
    if (instrument.kind === "spot") return this.venue.balances().find(({ asset }) => asset === instrument.baseAsset)?.total ?? 0;
    return this.venue.positions().reduce((sum, { quantity }) => sum + quantity, 0);
  }

  /** What the run says is held. */
  booked(): number {
    return this.status.positions.reduce((sum, { quantity }) => sum + quantity, 0);
  }

  /** Trades that are booked, and how often. */
  get bookedFills(): number {
    return this.world.journal.fills.size;
  }

  /** Where the run's books differ from the venue's truth; empty when nothing does. */
  differences(): string[] {
    const all: string[] = [];
    const differ = (what: string, here: unknown, there: unknown): void => {
      if (here !== there) all.push(`${what}: ${String(here)} here, ${String(there)} there`);
    };
    const { status, symbol, venue } = this;
    const open = venue.openOrders(symbol).filter(({ origin }) => origin === "api");
    const names = (orders: readonly { readonly clientOrderId: string }[]): string =>
      orders
        .map((order) => order.clientOrderId)
        .toSorted()
        .join();
    differ("open orders", names(status.orders), names(open));
    const steps = this.world.quantity;
    differ("position", steps.toSteps(this.booked(), "floor"), steps.toSteps(this.held(), "floor"));
    const trades = venue.fills(symbol);
    differ(
      "fills",
      [...this.world.journal.fills.keys()].toSorted().join(),
      trades
        .map(({ tradeId }) => `${symbol}:${tradeId}`)
        .toSorted()
        .join(),
    );
    const money = venue.balances().find(({ asset }) => asset === status.account.currency)?.total ?? 0;
    // The exchange writes eight digits.
    if (Math.abs(status.account.balance - money) > 1e-7) differ("money", status.account.balance, money);
    return all;
  }

  /** Texts of a level and above that hold a word. */
  told(word: string | RegExp, levels: readonly Line["level"][] = ["warn", "error", "fatal", "onError"]): string[] {
    const pattern = typeof word === "string" ? { test: (text: string) => text.includes(word) } : word;
    return this.lines.filter(({ level, text }) => levels.includes(level) && pattern.test(text)).map(({ text }) => text);
  }

  #definition(): ExpertDefinition {
    const { risk, setup } = this.#options;
    const limits: RiskOptions = { duplicateWindowMs: 0, maxDrawdownPct: 90, ...(this.market === "spot" ? {} : { leverage: 5 }), ...risk };
    return defineExpert({ name: this.name, symbol: this.symbol, timeframe: "1m", risk: limits }, (expert) => {
      expert.onError((error) => void this.lines.push({ level: "onError", text: error.message }));
      setup?.(expert);
      expert.onTimer(1, () => {
        for (const wish of this.#wishes.splice(0)) wish(expert);
      });
    });
  }

  #log(): Logger {
    const write =
      (level: LogLevel) =>
      (text: string): void =>
        void this.lines.push({ level, text });
    const log: Logger = {
      trace: write("trace"),
      debug: write("debug"),
      info: write("info"),
      trade: write("trade"),
      warn: write("warn"),
      error: write("error"),
      fatal: write("fatal"),
      child: () => log,
    };
    return log;
  }
}

/** A rig whose run trades. */
export async function trading(options: RigOptions = {}): Promise<FaultRig> {
  return new FaultRig(options).start();
}
