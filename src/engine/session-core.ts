import { fail } from "../base/assert.ts";
import { NotSupportedError, type MetaExpertError } from "../base/errors.ts";
import type { Random } from "../base/random.ts";
import type { EquityRecord } from "../analytics/run-record.ts";
import type { Fill } from "../domain/fill.ts";
import type { Funding } from "../domain/funding.ts";
import { DAY_MS, type Timeframe } from "../domain/timeframe.ts";
import type { Trade, TradeColumns } from "../domain/trade.ts";
import type { ExpertLog, StopReason, TransactionRequest, TransactionResult } from "../expert/expert.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";
import type { Exchange, MarketObserver } from "./exchange.ts";
import type { StreamInfo } from "./feed.ts";
import { CallQueue, Handlers } from "./handlers.ts";
import type { Journal } from "./journal.ts";
import type { LiveOrder } from "./orders/live-order.ts";
import { OrderManager, type OrderObserver } from "./orders/order-manager.ts";
import { Portfolio, type FillResult } from "./portfolio/portfolio.ts";
import { LivePositionView } from "./position-view.ts";
import { BarSeries } from "./series.ts";
import { StreamState } from "./stream-state.ts";
import { Timers } from "./timers.ts";
import { TradingDesk, type DeskState } from "./trading-desk.ts";

export interface SessionOptions {
  readonly exchange: Exchange;
  /** Sees the market first; the simulated exchange. */
  readonly observer?: MarketObserver | undefined;
  readonly journal: Journal;
  readonly run: ResolvedRunOptions;
  readonly initialCapital: number;
  /** In the order of the feed's streams and of the exchange's instruments. */
  readonly streams: readonly StreamInfo[];
  readonly random: Random;
  readonly log: ExpertLog;
  /** Share of the value that a taker's fee and slippage cost. */
  readonly costRate: number;
  /** Makes client order ids, unique across runs. */
  readonly nextId: () => string;
  /** Bars that close at or before this moment only warm indicators up. @default none */
  readonly tradesFrom?: number;
}

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
  entryBlock: string | undefined;
  #dayEnd = -Infinity;
  #dayStartEquity = NaN;
  #lastEquity: number;
  #isDayBlocked = false;

  constructor(options: SessionOptions) {
    const { exchange, run, initialCapital, journal, nextId } = options;
    const hedge = run.positionMode === "hedge";
    this.options = options;
    this.tradesFrom = options.tradesFrom ?? -Infinity;
    this.portfolio = new Portfolio({ instruments: exchange.instruments, initialCapital, hedge, leverage: run.risk.leverage });
    this.#lastEquity = initialCapital;
    this.streams = options.streams.map(({ symbol, timeframe }) => new StreamState(symbol, timeframe, this.portfolio.booksOf(symbol)));
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
  }

  get shouldStop(): boolean {
    return this.stopReason !== undefined && (this.stopReason !== "drawdownLimit" || this.portfolio.openCount === 0);
  }

  stream(symbol: string): StreamState {
    const stream = this.streams.find((candidate) => candidate.symbol === symbol);
    return stream ?? fail(`unknown symbol ${symbol}`);
  }

  /** The series of a symbol and timeframe, made at first use. */
  series(symbol: string, timeframe: Timeframe): BarSeries {
    const stream = this.stream(symbol);
    const isTrades = this.options.streams[this.streams.indexOf(stream)]?.kind === "trades";
    if (timeframe === stream.timeframe && !isTrades) return stream.base;
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

  /** Whether a loss limit has to be looked at on every row. */
  get hasLimits(): boolean {
    const { maxDrawdownPct, dailyLossLimit } = this.options.run.risk;
    return maxDrawdownPct !== Infinity || dailyLossLimit !== Infinity;
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
    if (Number.isFinite(this.tradesFrom)) this.timers.start(this.tradesFrom);
    for (const handler of handlers.backtestInit) this.calls.push("onBacktestInit handler", handler);
    for (const handler of handlers.init) this.calls.push("onInit handler", handler);
    const state = { exchange: this.options.exchange.name, status: "connected" as const };
    for (const handler of handlers.connection) this.calls.push("onConnection handler", () => handler(state));
  }

  /** After the last event. */
  end(reason: StopReason, _equity: EquityRecord): void {
    this.options.journal.note("stop", this.now, reason, this.portfolio.equity);
    for (const handler of this.handlers.stop) this.calls.push("onStop handler", () => handler(reason));
    for (const handler of this.handlers.backtestStop) this.calls.push("onBacktestStop handler", handler);
  }

  /** Blocks entries or ends the run when a loss limit is reached. Called once a moment with the highest equity so far. */
  enforceLimits(peak: number): void {
    const { risk } = this.options.run;
    const { equity } = this.portfolio;
    // A day that began while the feed was silent began with the equity before.
    if (this.now > this.#dayEnd) this.#startDay(this.#lastEquity);
    if (risk.maxDrawdownPct !== Infinity && equity < peak * (1 - risk.maxDrawdownPct / 100) && this.stopReason === undefined)
      this.#hitDrawdownLimit();
    if (risk.dailyLossLimit !== Infinity && !this.#isDayBlocked && equity < this.#dayStartEquity * (1 - risk.dailyLossLimit / 100)) {
      this.#isDayBlocked = true;
      this.entryBlock ??= `the day's loss has reached dailyLossLimit ${risk.dailyLossLimit} %`;
      this.options.journal.note("limit", this.now, "dailyLossLimit", equity);
    }
    if (this.now === this.#dayEnd) this.#startDay(equity);
    this.#lastEquity = equity;
  }

  queueTimers(moment: number): void {
    while (this.timers.nextDue <= moment) {
      for (const { seconds, handler } of this.timers.takeDue()) this.calls.push(`onTimer(${seconds}) handler`, handler);
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
    for (const handler of tick) this.calls.push("onTick handler", () => handler(trade, symbol));
  }

  queueFunding({ symbol }: StreamState, funding: Funding): void {
    for (const handler of this.handlers.funding) this.calls.push("onFunding handler", () => handler(funding, symbol));
  }

  queueError(error: MetaExpertError): void {
    for (const handler of this.handlers.error) this.calls.push("onError handler", () => handler(error));
  }

  onOrderChanged(order: LiveOrder): void {
    const { order: handlers } = this.handlers;
    if (handlers.length === 0) return;
    const snapshot = order.snapshot();
    for (const handler of handlers) this.calls.push("onOrder handler", () => handler(snapshot));
  }

  onOrderFilled(order: LiveOrder, fill: Fill, result: FillResult): void {
    const { order: onOrder, transaction } = this.handlers;
    if (onOrder.length > 0 || transaction.length > 0) {
      const snapshot = order.snapshot();
      const request = order.snapshotRequest("submit");
      for (const handler of onOrder) this.calls.push("onOrder handler", () => handler(snapshot));
      for (const handler of transaction)
        this.calls.push("onTransaction handler", () => handler(request, { status: "filled", order: snapshot, fill }));
    }
    this.#queuePosition(result);
  }

  onLiquidated(_fill: Fill, result: FillResult): void {
    this.#queuePosition(result);
  }

  onFundingPaid(): void {
    this.#queueAccount();
  }

  onTransaction(request: TransactionRequest, result: TransactionResult): void {
    this.activity += 1;
    for (const handler of this.handlers.transaction) this.calls.push("onTransaction handler", () => handler(request, result));
  }

  #queuePosition({ book }: FillResult): void {
    const { position } = this.handlers;
    if (position.length > 0) {
      const snapshot = new LivePositionView(book).snapshot();
      for (const handler of position) this.calls.push("onPosition handler", () => handler(snapshot));
    }
    this.#queueAccount();
  }

  #queueAccount(): void {
    const { account } = this.handlers;
    if (account.length === 0) return;
    const snapshot = this.portfolio.account();
    for (const handler of account) this.calls.push("onAccount handler", () => handler(snapshot));
  }

  #startDay(equity: number): void {
    this.#dayEnd = (Math.floor(this.now / DAY_MS) + 1) * DAY_MS;
    this.#dayStartEquity = equity;
    if (!this.#isDayBlocked) return;
    this.#isDayBlocked = false;
    if (this.stopReason === undefined) this.entryBlock = undefined;
  }

  #hitDrawdownLimit(): void {
    const { maxDrawdownPct } = this.options.run.risk;
    this.stopReason = "drawdownLimit";
    this.entryBlock = `the loss from the highest equity has reached maxDrawdownPct ${maxDrawdownPct} %`;
    this.options.journal.note("limit", this.now, "maxDrawdownPct", this.portfolio.equity);
    for (const order of this.orders.open()) if (order.purpose === "entry") this.orders.cancel(order);
    for (const book of this.portfolio.books) if (book.quantitySteps !== 0) this.desk.close(book, "maxDrawdownPct");
  }

  /** Refuses an event that this run cannot deliver. */
  requireData(event: string, isThere: boolean, advice: string): void {
    if (!isThere) throw new NotSupportedError(`${event} is not supported here: ${advice}`);
  }
}
