import { fail } from "../base/assert.ts";
import { ExchangeError, ExpertError, JournalError, NotSupportedError, UnknownOutcomeError, type MetaExpertError } from "../base/errors.ts";
import type { EquityRecord } from "../analytics/run-record.ts";
import type { Fill } from "../domain/fill.ts";
import type { Funding } from "../domain/funding.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { Trade, TradeColumns } from "../domain/trade.ts";
import type { HandlerResult, StopReason, TransactionRequest, TransactionResult } from "../expert/expert.ts";
import { deliver } from "./exchange.ts";
import type { BookEvent, ConnectionEvent, QuoteEvent, ReportEvent, StopEvent } from "./feed.ts";
import { CallQueue, Handlers } from "./handlers.ts";
import { KeptState } from "./kept-state.ts";
import { DAY_LOSS_HIT, DRAWDOWN_HIT, LossLimits } from "./loss-limits.ts";
import type { LiveOrder } from "./orders/live-order.ts";
import { OrderManager } from "./orders/order-manager.ts";
import type { OrderObserver } from "./orders/order-observer.ts";
import { Portfolio, type FillResult } from "./portfolio/portfolio.ts";
import type { PositionBook } from "./portfolio/position-book.ts";
import type { MarketView } from "./risk/check.ts";
import { OrderThrottle } from "./risk/throttle.ts";
import { LivePositionView } from "./position-view.ts";
import { restoreSession } from "./restore.ts";
import { Restrictions, type Restriction } from "./restrictions.ts";
import { BarSeries } from "./series.ts";
import type { SessionOptions } from "./session-options.ts";
import { StreamState } from "./stream-state.ts";
import { Timers } from "./timers.ts";
import { TradingDesk, type DeskState } from "./trading-desk.ts";
import type { VenuePosition, VenueTransfer } from "./venue-facts.ts";
import { WindDown } from "./wind-down.ts";

/** How often limits and protection are looked at while only time passes. */
const WATCH_MS = 1_000;
const ON_ERROR = "onError handler";

/** What a session is made of, and what the expert's handle reaches: everything but the loop itself. */
export class SessionCore implements OrderObserver, DeskState {
  readonly options: SessionOptions;
  readonly portfolio: Portfolio;
  readonly orders: OrderManager;
  readonly desk: TradingDesk;
  readonly streams: readonly StreamState[];
  readonly handlers = new Handlers();
  readonly calls = new CallQueue();
  readonly timers = new Timers();
  readonly plots = new Map<string, { time: number[]; value: number[] }>();
  /** The moment of the event being handled. */
  now = NaN;
  tradesFrom: number;
  /** The expert's handler that is running, for error messages; empty when none is. */
  where = "";
  isStarted = false;
  /** Rises whenever something happens that a quiet walk must stop for. */
  activity = 0;
  /** The stream whose latest rows the exchange has not been shown yet; -1 when it is up to date. */
  unsynced = -1;
  stopReason: StopReason | undefined;
  /** No handler of the expert is called any more: one of them has thrown and the policy says to halt. */
  isMuted = false;
  readonly limits: LossLimits;
  readonly throttle: OrderThrottle | undefined;
  /** Plain data of the expert that is kept across restarts. */
  memory: object | undefined;
  /** Why the market or the account cannot be seen, if so. */
  #staleReason: string | undefined;
  readonly #windDown: WindDown | undefined;
  #hasWoundDown = false;
  #lastWatch = -Infinity;
  readonly #kept: KeptState;
  readonly #restrictions = new Restrictions();

  constructor(options: SessionOptions) {
    const { exchange, run, initialCapital, journal, nextId } = options;
    const hedge = run.positionMode === "hedge";
    this.options = options;
    this.#kept = new KeptState(journal, options.restored?.limits !== undefined);
    this.tradesFrom = options.tradesFrom ?? -Infinity;
    this.portfolio = new Portfolio({ instruments: exchange.instruments, initialCapital, hedge, leverage: run.risk.leverage });
    this.limits = new LossLimits(run.risk, initialCapital);
    const { maxOrdersPerMinute, duplicateWindowMs, maxRepeatedOrders } = run.risk;
    const isThrottled = maxOrdersPerMinute !== Infinity || duplicateWindowMs > 0 || maxRepeatedOrders !== Infinity;
    const onTripped = (reason: string): void => {
      journal.note("limit", this.now, reason, 0);
      this.queueError(new ExpertError(reason));
    };
    this.throttle = isThrottled ? new OrderThrottle(run.risk, onTripped) : undefined;
    this.streams = options.streams.map((stream) => new StreamState(stream, this.portfolio.booksOf(stream.symbol)));
    this.orders = new OrderManager({ exchange, portfolio: this.portfolio, journal, observer: this, nextId });
    const { risk, filters } = run;
    this.desk = new TradingDesk({
      exchange,
      orders: this.orders,
      portfolio: this.portfolio,
      journal,
      state: this,
      risk,
      filters,
      hedge,
      costRate: options.costRate,
      nextId,
    });
    this.orders.brackets.exit = (book, reason) => void this.desk.close(book, reason, "stopLoss");
    const { onExit, restored } = options;
    if (onExit !== undefined) {
      const close = (book: PositionBook, tag: string): void => void this.desk.close(book, tag);
      const policyOnError = options.onError === "close" ? "close" : "cancel";
      this.#windDown = new WindDown({ policy: onExit, policyOnError, orders: this.orders, portfolio: this.portfolio, close });
    }
    if (restored !== undefined) {
      const { portfolio, limits, orders, throttle } = this;
      restoreSession({ portfolio, limits, orders, throttle, rearm: run.rearm }, restored);
    }
  }

  get shouldStop(): boolean {
    if (this.stopReason === undefined) return false;
    if (this.#windDown !== undefined) return this.#hasWoundDown;
    return this.stopReason !== "drawdownLimit" || this.portfolio.openCount === 0;
  }

  /** Time has come this far; it never runs backwards, and what arrives late counts when it arrives. */
  advance(time: number): void {
    this.now = time > this.now || Number.isNaN(this.now) ? time : this.now;
  }

  /** Why entries into a symbol are not allowed right now, if so. */
  entryBlockOf(symbol: string): string | undefined {
    if (this.limits.block !== undefined) return this.limits.block;
    if (this.stopReason !== undefined && this.#windDown !== undefined) return "the run is ending";
    if (this.isMuted) return "the expert has failed";
    return this.#restrictions.reasonFor(symbol);
  }

  marketOf(symbol: string): MarketView | undefined {
    if (this.options.bringsEverything !== true) return undefined;
    return { quote: this.stream(symbol).quote, staleReason: this.#staleReason };
  }

  /** Takes in what is not a price. */
  take(event: ReportEvent | ConnectionEvent | StopEvent | BookEvent | QuoteEvent): void {
    switch (event.kind) {
      case "report":
        this.advance(event.report.time);
        this.options.observer?.onTime(this.now);
        return deliver(event.report, this.orders);
      case "connection": {
        this.advance(event.time);
        this.#staleReason = event.isStale ? (event.state.reason ?? "the market cannot be seen") : undefined;
        for (const handler of this.handlers.connection) this.#push("onConnection handler", () => handler(event.state));
        return;
      }
      case "stop":
        this.advance(event.time);
        this.requestStop(event.reason);
        return this.#proceedToEnd(event.time);
      case "book":
        this.advance(event.book.time);
        for (const handler of this.handlers.book) this.#push("onBook handler", () => handler(event.book));
        return;
      case "quote": {
        this.advance(event.quote.time);
        (this.streams[event.stream] as StreamState).quote = event.quote;
      }
    }
  }

  /**
   * Once a second: limits, protection, and how far the end has come. `time` is what the clock says; `now` may be ahead of it, where the
   * exchange's clock is.
   */
  watch(time: number): void {
    if (time - this.#lastWatch < WATCH_MS) return;
    this.#lastWatch = time;
    if (this.limits.isActive) this.enforceLimits();
    for (const healing of this.orders.heal(time)) {
      this.options.journal.note("guard", this.now, `${healing.kind} ${healing.symbol}: ${healing.reason}`, 0);
      this.options.log.warn(`protection of ${healing.symbol}: ${healing.reason}`, { action: healing.kind });
    }
    this.#proceedToEnd(time);
  }

  /** Writes down what has changed and a restart has to know. */
  keep(): void {
    this.#kept.keep(this);
  }

  /** What the expert's own code has thrown: the run's policy says what happens; without one the run fails. */
  onExpertError(thrown: unknown, error: MetaExpertError, where: string): void {
    const { onError, journal, log } = this.options;
    // What the engine itself could not do is not the expert's mistake, and nothing goes on without a journal.
    if (onError === undefined || error instanceof JournalError) throw error;
    journal.note("error", this.now, error.message, 0);
    log.error(error.message, { code: error.code, policy: onError, stack: thrown instanceof Error ? thrown.stack : undefined });
    if (onError === "continue") {
      // A handler for errors that fails itself is not told of that.
      if (where !== ON_ERROR) this.queueError(error);
      return;
    }
    this.isMuted = true;
    this.calls.clear();
    this.requestStop("error");
    this.#proceedToEnd(Number.isFinite(this.#lastWatch) ? this.#lastWatch : this.now);
  }

  #proceedToEnd(time: number): void {
    if (this.stopReason === undefined || this.#windDown === undefined || this.#hasWoundDown) return;
    this.#hasWoundDown = this.#windDown.advance(time, this.stopReason);
  }

  /** Makes a call due, as long as the expert is listened to. */
  #push(where: string, run: () => HandlerResult): void {
    if (!this.isMuted) this.calls.push(where, run);
  }

  stream(symbol: string): StreamState {
    const stream = this.streams.find((candidate) => candidate.symbol === symbol);
    return stream ?? fail(`unknown symbol ${symbol}`);
  }

  /** The series of a symbol and timeframe, made at first use. */
  series(symbol: string, timeframe: Timeframe): BarSeries {
    const stream = this.stream(symbol);
    if (timeframe === stream.timeframe && stream.hasBars) return stream.base;
    let series = stream.coarser.find((candidate) => candidate.timeframe === timeframe);
    if (series === undefined) {
      series = new BarSeries(symbol, timeframe);
      stream.coarser.push(series);
      stream.coarser.sort((left, right) => left.lengthMs - right.lengthMs);
    }
    return series;
  }

  get reportsTransactions(): boolean {
    return this.handlers.transaction.length > 0;
  }

  lastVolume(symbol: string): number {
    return this.stream(symbol).lastVolume;
  }

  beforeRequest(): void {
    this.activity += 1;
    if (this.unsynced < 0) return;
    const stream = this.streams[this.unsynced] as StreamState;
    this.options.observer?.onQuiet(this.unsynced, stream.book.price, this.now);
    this.unsynced = -1;
  }

  requestStop(reason: StopReason): void {
    this.activity += 1;
    this.stopReason ??= reason;
  }

  /** Before the first event. */
  begin(): void {
    this.isStarted = true;
    const { handlers } = this;
    this.options.journal.note("session", 0, this.options.run.strategyId, this.options.initialCapital);
    if (Number.isFinite(this.tradesFrom)) this.timers.start(Math.max(this.tradesFrom, this.options.startedAt ?? -Infinity));
    for (const handler of handlers.backtestInit) this.#push("onBacktestInit handler", handler);
    for (const handler of handlers.init) this.#push("onInit handler", handler);
    const state = { exchange: this.options.exchange.name, status: "connected" as const };
    for (const handler of handlers.connection) this.#push("onConnection handler", () => handler(state));
  }

  /** After the last event. */
  end(reason: StopReason, _equity: EquityRecord): void {
    this.options.journal.note("stop", this.now, reason, this.portfolio.equity);
    for (const handler of this.handlers.stop) this.#push("onStop handler", () => handler(reason));
    for (const handler of this.handlers.backtestStop) this.#push("onBacktestStop handler", handler);
  }

  /** Blocks entries or ends the run when a loss limit is reached. Called once a moment. */
  enforceLimits(): void {
    const hits = this.limits.look(this.portfolio.equity, this.now);
    if (hits === 0) return;
    if ((hits & DRAWDOWN_HIT) !== 0 && this.stopReason === undefined) this.#hitDrawdownLimit();
    if ((hits & DAY_LOSS_HIT) !== 0) this.options.journal.note("limit", this.now, "dailyLossLimit", this.portfolio.equity);
  }

  queueTimers(moment: number): void {
    if ((this.options.barLatenessMs ?? 0) > 0) this.timers.dropMissed(moment);
    while (this.timers.nextDue <= moment) {
      for (const { seconds, handler } of this.timers.takeDue()) this.#push(`onTimer(${seconds}) handler`, handler);
    }
  }

  queueTick({ symbol }: StreamState, columns: TradeColumns, row: number): void {
    const { tick } = this.handlers;
    if (tick.length === 0) return;
    const side = columns.takerSide[row] as number;
    const trade: Trade = {
      id: columns.id[row] ?? "",
      time: columns.time[row] as number,
      price: columns.price[row] as number,
      quantity: columns.quantity[row] as number,
      takerSide: side < 0 ? "sell" : "buy",
    };
    for (const handler of tick) this.#push("onTick handler", () => handler(trade, symbol));
  }

  queueFunding({ symbol }: StreamState, funding: Funding): void {
    for (const handler of this.handlers.funding) this.#push("onFunding handler", () => handler(funding, symbol));
  }

  queueError(error: MetaExpertError): void {
    for (const handler of this.handlers.error) this.#push(ON_ERROR, () => handler(error));
  }

  onSent(order: LiveOrder): void {
    this.throttle?.onSent(order, this.now);
  }

  onOrderChanged(order: LiveOrder): void {
    const { order: handlers } = this.handlers;
    if (handlers.length === 0) return;
    const snapshot = order.snapshot();
    for (const handler of handlers) this.#push("onOrder handler", () => handler(snapshot));
  }

  onOrderFilled(order: LiveOrder, fill: Fill, result: FillResult): void {
    const { order: onOrder, transaction } = this.handlers;
    if (onOrder.length > 0 || transaction.length > 0) {
      const snapshot = order.snapshot();
      const request = order.snapshotRequest("submit");
      for (const handler of onOrder) this.#push("onOrder handler", () => handler(snapshot));
      for (const handler of transaction)
        this.#push("onTransaction handler", () => handler(request, { status: "filled", order: snapshot, fill }));
    }
    this.#queuePosition(result);
  }

  onLiquidated({ symbol, tag }: Fill, result: FillResult): void {
    // What a backtest does after one is up to its expert; with money or as if with money somebody has to look at it first.
    if (tag !== "adl" && this.options.onExit !== undefined) {
      this.limits.trip();
      const what = `the exchange has liquidated a position of ${symbol}`;
      this.queueError(new ExchangeError(`${what}; no entries until the run is started with rearm`, "liquidation"));
    }
    this.#queuePosition(result);
  }

  onRestricted(restriction: Restriction): void {
    this.#restrictions.set(restriction);
    const { reason, subject } = restriction;
    if (reason !== undefined) this.queueError(new ExchangeError(reason, subject));
  }

  onFundingPaid(): void {
    this.#queueAccount();
  }

  onTransfer(_transfer: VenueTransfer, capital: number): void {
    this.limits.shift(capital);
    this.#queueAccount();
  }

  onDrift(symbol: string, position: VenuePosition | undefined, reason: string): void {
    this.onRestricted({ subject: "drift", symbol, reason: position === undefined ? undefined : reason });
  }

  onLateFill(order: LiveOrder, fill: Fill): void {
    const what = `order ${order.clientOrderId} was taken for ${order.status} and has filled ${fill.quantity} ${fill.symbol} after all`;
    this.queueError(new UnknownOutcomeError(`${what}; the position has changed, look at it`));
  }

  onTransaction(request: TransactionRequest, result: TransactionResult): void {
    this.activity += 1;
    for (const handler of this.handlers.transaction) this.#push("onTransaction handler", () => handler(request, result));
  }

  #queuePosition({ book }: FillResult): void {
    this.throttle?.onPositionChanged({ symbol: book.symbol, positionSide: book.side });
    const { position } = this.handlers;
    if (position.length > 0) {
      const snapshot = new LivePositionView(book).snapshot();
      for (const handler of position) this.#push("onPosition handler", () => handler(snapshot));
    }
    this.#queueAccount();
  }

  #queueAccount(): void {
    const { account } = this.handlers;
    if (account.length === 0) return;
    const snapshot = this.portfolio.account();
    for (const handler of account) this.#push("onAccount handler", () => handler(snapshot));
  }

  #hitDrawdownLimit(): void {
    this.stopReason = "drawdownLimit";
    this.options.journal.note("limit", this.now, "maxDrawdownPct", this.portfolio.equity);
    for (const order of this.orders.open()) if (order.purpose === "entry") this.orders.cancel(order);
    for (const book of this.portfolio.books) if (book.quantitySteps !== 0) this.desk.close(book, "maxDrawdownPct");
  }

  /** Refuses an event that this run cannot deliver. */
  requireData(event: string, isThere: boolean, advice: string): void {
    if (!isThere) throw new NotSupportedError(`${event} is not supported here: ${advice}`);
  }
}
