import { assert } from "../base/assert.ts";
import { ConfigurationError } from "../base/errors.ts";
import type { Random } from "../base/random.ts";
import type { Account } from "../domain/account.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { Order, PositionSide } from "../domain/order.ts";
import { canResample, type Timeframe } from "../domain/timeframe.ts";
import type {
  BarHistory,
  Expert,
  ExpertLog,
  HandlerResult,
  OrderChanges,
  OrderOptions,
  OrderOutcome,
  PositionView,
} from "../expert/expert.ts";
import { assertEventSupported } from "../expert/unsupported.ts";
import type { Indicator } from "../indicators/indicator.ts";
import type { Handlers } from "./handlers.ts";
import type { PositionBook } from "./portfolio/position-book.ts";
import { LivePositionView } from "./position-view.ts";
import type { BarHandler, BarSeries } from "./series.ts";
import type { SessionCore } from "./session-core.ts";

/** The expert's end of a session. */
export class ExpertHandle implements Expert {
  readonly name: string;
  readonly symbol: string;
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe;
  readonly log: ExpertLog;
  readonly random: Random;
  readonly #core: SessionCore;
  readonly #views = new Map<PositionBook, LivePositionView>();
  /** The first symbol's position where there is one side only, which is nearly always. */
  readonly #onlyView: LivePositionView | undefined;

  constructor(name: string, core: SessionCore) {
    const { run, random, log } = core.options;
    this.name = name;
    this.symbols = run.symbols;
    this.symbol = run.symbols[0] as string;
    this.timeframe = run.timeframe;
    this.random = random;
    this.log = log;
    this.#core = core;
    for (const book of core.portfolio.books) this.#views.set(book, new LivePositionView(book));
    const [first, second] = core.portfolio.booksOf(this.symbol);
    this.#onlyView = first === undefined || second !== undefined ? undefined : this.#views.get(first);
  }

  get now(): number {
    return this.#core.now;
  }

  get account(): Account {
    return this.#core.portfolio.account();
  }

  get orders(): readonly Order[] {
    return this.#core.orders.open();
  }

  get position(): PositionView {
    return this.#onlyView ?? this.positionOf(this.symbol);
  }

  positionOf(symbol: string, side?: PositionSide): PositionView {
    const books = this.#core.portfolio.booksOf(symbol);
    const [first, second] = books;
    if (first === undefined)
      throw new ConfigurationError(`positionOf: "${symbol}" is not one of the run's symbols: ${this.symbols.join(", ")}`);
    const wanted =
      side === undefined && second !== undefined && first.quantitySteps === 0 && second.quantitySteps !== 0 ? second : undefined;
    const book = wanted ?? (side === undefined ? first : this.#core.portfolio.book(symbol, side));
    return this.#views.get(book) as LivePositionView;
  }

  instrument(symbol: string = this.symbol): Instrument {
    const [book] = this.#core.portfolio.booksOf(symbol);
    if (book === undefined)
      throw new ConfigurationError(`instrument: "${symbol}" is not one of the run's symbols: ${this.symbols.join(", ")}`);
    return book.math.rules.instrument;
  }

  price(symbol: string = this.symbol): number {
    return this.#core.portfolio.booksOf(symbol)[0]?.price ?? NaN;
  }

  track<T extends Indicator>(timeframe: Timeframe, indicator: T, options: { readonly symbol?: string } = {}): T {
    this.#seriesFor("track", timeframe, options.symbol).track(indicator);
    return indicator;
  }

  bars(timeframe: Timeframe, options: { readonly symbol?: string; readonly lookback?: number } = {}): BarHistory {
    const lookback = options.lookback ?? this.#core.options.run.lookbackBars;
    return this.#seriesFor("bars", timeframe, options.symbol).history(lookback);
  }

  memory<T extends object>(initial: T): T {
    this.#duringSetup("memory");
    const core = this.#core;
    assert(core.memory === undefined, "expert.memory is asked for once");
    // What an earlier run has kept wins, value by value, so that a new version of the expert finds its new ones.
    const memory = { ...structuredClone(initial), ...core.options.restored?.memory };
    core.memory = memory;
    return memory;
  }

  plot(name: string, value: number): void {
    const { plots, now } = this.#core;
    let plot = plots.get(name);
    if (plot === undefined) plots.set(name, (plot = { time: [], value: [] }));
    plot.time.push(now);
    plot.value.push(value);
  }

  buy(options?: OrderOptions): OrderOutcome {
    return this.#core.desk.trade("buy", options);
  }

  sell(options?: OrderOptions): OrderOutcome {
    return this.#core.desk.trade("sell", options);
  }

  closePosition(options: { readonly symbol?: string; readonly side?: PositionSide; readonly tag?: string } = {}): OrderOutcome {
    const books = this.#core.portfolio
      .booksOf(options.symbol ?? this.symbol)
      .filter((book) => options.side === undefined || book.side === options.side);
    const held = books.filter((book) => book.quantitySteps !== 0);
    let outcome: OrderOutcome = { accepted: false, code: "flat", reason: "there is no position to close" };
    for (const book of held) outcome = this.#core.desk.close(book, options.tag);
    return outcome;
  }

  amend(clientOrderId: string, changes: OrderChanges): OrderOutcome {
    return this.#core.desk.amend(clientOrderId, changes);
  }

  cancel(clientOrderId: string): OrderOutcome {
    return this.#core.desk.cancel(clientOrderId);
  }

  cancelAll(symbol?: string): number {
    return this.#core.desk.cancelAll(symbol);
  }

  stop(): void {
    this.#core.requestStop("requested");
  }

  onInit(handler: Handlers["init"][number]): void {
    this.#listen("init", "onInit", handler);
  }

  onStop(handler: Handlers["stop"][number]): void {
    this.#listen("stop", "onStop", handler);
  }

  onBar(timeframe: Timeframe, handler: BarHandler): void {
    this.#duringSetup("onBar");
    for (const symbol of this.symbols) this.#seriesFor("onBar", timeframe, symbol).addHandler(handler);
  }

  onTick(handler: Handlers["tick"][number]): void {
    const hasTrades = this.#core.streams.some((stream) => stream.hasTrades);
    this.#core.requireData("onTick", hasTrades, "the run reads bars, not single trades; use onBar");
    this.#listen("tick", "onTick", handler);
  }

  onTimer(seconds: number, handler: () => HandlerResult): void {
    this.#duringSetup("onTimer");
    if (!(Number.isFinite(seconds) && seconds > 0))
      throw new ConfigurationError(`onTimer: ${seconds} is not a number of seconds above zero`);
    this.#core.timers.add(seconds, handler);
  }

  onBook(handler: Handlers["book"][number]): void {
    assertEventSupported("onBook", this.#core.options.run.mode);
    this.#listen("book", "onBook", handler);
  }

  onOrder(handler: Handlers["order"][number]): void {
    this.#listen("order", "onOrder", handler);
  }

  onPosition(handler: Handlers["position"][number]): void {
    this.#listen("position", "onPosition", handler);
  }

  onTransaction(handler: Handlers["transaction"][number]): void {
    this.#listen("transaction", "onTransaction", handler);
  }

  onAccount(handler: Handlers["account"][number]): void {
    this.#listen("account", "onAccount", handler);
  }

  onFunding(handler: Handlers["funding"][number]): void {
    this.#listen("funding", "onFunding", handler);
  }

  onConnection(handler: Handlers["connection"][number]): void {
    this.#listen("connection", "onConnection", handler);
  }

  onError(handler: Handlers["error"][number]): void {
    this.#listen("error", "onError", handler);
  }

  onBacktestInit(handler: Handlers["backtestInit"][number]): void {
    this.#listen("backtestInit", "onBacktestInit", handler);
  }

  onBacktestStop(handler: Handlers["backtestStop"][number]): void {
    this.#listen("backtestStop", "onBacktestStop", handler);
  }

  onBacktest(handler: Handlers["backtest"][number]): void {
    this.#listen("backtest", "onBacktest", handler);
  }

  onBacktestPass(handler: Handlers["backtestPass"][number]): void {
    assertEventSupported("onBacktestPass", this.#core.options.run.mode);
    this.#listen("backtestPass", "onBacktestPass", handler);
  }

  #listen<Event extends keyof Handlers>(event: Event, name: string, handler: Handlers[Event][number]): void {
    this.#duringSetup(name);
    if (typeof handler !== "function") throw new ConfigurationError(`${name}: give it a function`);
    (this.#core.handlers[event] as (typeof handler)[]).push(handler);
  }

  #seriesFor(method: string, timeframe: Timeframe, symbol: string = this.symbol): BarSeries {
    this.#duringSetup(method);
    if (!this.symbols.includes(symbol))
      throw new ConfigurationError(`${method}: "${symbol}" is not one of the run's symbols: ${this.symbols.join(", ")}`);
    const stream = this.#core.stream(symbol);
    if (!canResample(stream.timeframe, timeframe)) {
      throw new ConfigurationError(
        `${method}: bars of ${timeframe} cannot be built from the ${stream.timeframe} bars of ${symbol}; use a multiple of ${stream.timeframe}`,
      );
    }
    return this.#core.series(symbol, timeframe);
  }

  #duringSetup(method: string): void {
    if (this.#core.isStarted) throw new ConfigurationError(`expert.${method} is called in the setup function, not in a handler`);
  }
}
