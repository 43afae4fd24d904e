import type { LogFields } from "../base/logger.ts";
import type { Random } from "../base/random.ts";
import type { Account } from "../domain/account.ts";
import type { Bar } from "../domain/bar.ts";
import type { Fill } from "../domain/fill.ts";
import type { Funding } from "../domain/funding.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { OrderBook } from "../domain/order-book.ts";
import type { Order, OrderType, PositionSide, TimeInForce } from "../domain/order.ts";
import type { ClosedTrade, Position } from "../domain/position.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { Side, Trade } from "../domain/trade.ts";
import type { Indicator } from "../indicators/indicator.ts";
import type { MetaExpertError } from "../base/errors.ts";

/** What a handler gives back: nothing, or a promise that the session awaits before the next event. */
export type HandlerResult = void | PromiseLike<void>;

/** Why the run ends. */
export type StopReason = "endOfData" | "requested" | "drawdownLimit" | "error" | "signal" | "duration";

/** How much to trade, when an order does not say. */
export type Sizing =
  /** That many base units (contracts for instruments that count in contracts). */
  | { readonly type: "fixedBase"; readonly quantity: number }
  /** As much as this amount of the quote asset buys. */
  | { readonly type: "fixedQuote"; readonly amount: number }
  /** A position worth this percentage of the equity (times the leverage for futures). */
  | { readonly type: "percentEquity"; readonly percent: number }
  /** So much that the stop-loss costs this percentage of the equity; needs a stop-loss. */
  | { readonly type: "riskBased"; readonly riskPct: number };

/** An order in the words of an expert. Everything has a default: `expert.buy()` is a market order of the configured size. */
export interface OrderOptions {
  /** @default the expert's first symbol */
  readonly symbol?: string;
  /** Base units or contracts, rounded down to the grid. @default from `sizing` */
  readonly quantity?: number;
  /** Size for this order only. */
  readonly sizing?: Sizing;
  /** @default market; limit with a `price`; stop with a `triggerPrice`; stopLimit with both */
  readonly type?: OrderType;
  /** Limit price, rounded to the grid. */
  readonly price?: number;
  /** Touching it arms a stop or take-profit order. */
  readonly triggerPrice?: number;
  /** For `trailingStop`: distance from the best price in percent. */
  readonly trailingPct?: number;
  /** For `trailingStop`: the price that switches it on. @default on at once */
  readonly activationPrice?: number;
  /** @default GTC; market orders take no notice of it */
  readonly timeInForce?: TimeInForce;
  /** End of a GTD order, milliseconds since the epoch, UTC. */
  readonly expiresAt?: number;
  /** May only bring the position closer to zero. @default false */
  readonly reduceOnly?: boolean;
  /** Rejected rather than filled at once. @default false */
  readonly postOnly?: boolean;
  /** Hedge mode: which position the order is for. @default long for buy, short for sell */
  readonly positionSide?: PositionSide;
  /** Absolute price of the protective stop; wins over `stopLossPct`. */
  readonly stopLoss?: number;
  /** Distance of the protective stop from the entry price in percent. @default from `risk` */
  readonly stopLossPct?: number;
  /** Absolute price of the profit target; wins over `takeProfitPct`. */
  readonly takeProfit?: number;
  /** Distance of the profit target from the entry price in percent. @default from `risk` */
  readonly takeProfitPct?: number;
  /** Distance of a trailing stop from the best price since entry in percent. @default from `risk` */
  readonly trailingStopPct?: number;
  /** Profit in percent that switches the trailing stop on. @default from `risk` */
  readonly trailingActivationPct?: number;
  /** Several trailing stops at once, such as a tight one that a profit switches on; the first that is hit closes. */
  readonly trailingStops?: readonly TrailingStep[];
  /** Free text kept with the order, its fills and trades. */
  readonly tag?: string;
}

/** A stop that follows the best price since entry at a distance. Percents of the price. */
export interface TrailingStep {
  readonly pct: number;
  /** Profit that switches it on. @default on at once */
  readonly activationPct?: number;
}

/** What may change about an open order. */
export interface OrderChanges {
  readonly quantity?: number;
  readonly price?: number;
  readonly triggerPrice?: number;
  readonly trailingPct?: number;
}

/** A request that went out, or the reason why it did not. A refusal is a value, never an exception. */
export type OrderOutcome =
  | { readonly accepted: true; readonly order: Order }
  | { readonly accepted: false; readonly reason: string; readonly code: string };

/** Closed bars of one timeframe, newest first: `close(0)` is the bar just closed, `close(1)` the one before. NaN beyond. */
export interface BarHistory {
  /** How many bars can be looked back to. */
  readonly length: number;
  openTime(back: number): number;
  open(back: number): number;
  high(back: number): number;
  low(back: number): number;
  close(back: number): number;
  volume(back: number): number;
  /** The bar as an object of its own; undefined beyond the history. */
  at(back: number): Bar | undefined;
}

/** The position as it is now; the same object for the whole run, its numbers change. */
export interface PositionView extends Position {
  readonly isFlat: boolean;
  readonly isLong: boolean;
  readonly isShort: boolean;
}

/** Writes to the run's log; `trade` is for what happened to orders and positions. */
export interface ExpertLog {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  trade(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** State of a connection to the exchange. A backtest reports `connected` once. */
export interface ConnectionState {
  readonly exchange: string;
  readonly status: "connected" | "disconnected" | "reconnecting";
  readonly reason?: string;
}

/** What an expert asked for, as `onTransaction` reports it. */
export interface TransactionRequest {
  readonly action: "submit" | "amend" | "cancel";
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side?: Side;
  readonly quantity?: number;
}

export type TransactionResult =
  | { readonly status: "accepted"; readonly order: Order }
  | { readonly status: "filled"; readonly order: Order; readonly fill: Fill }
  | { readonly status: "refused" | "rejected"; readonly reason: string };

/** One finished pass of an optimiser, as `onBacktestPass` sees it. */
export interface BacktestPass {
  readonly pass: number;
  readonly params: Readonly<Record<string, number | string | boolean>>;
  readonly fitness: number;
}

/** What `onBacktest` judges a finished backtest by. */
export interface BacktestSummary {
  readonly startEquity: number;
  readonly endEquity: number;
  /** Share of the highest equity lost at worst. */
  readonly maxDrawdownRatio: number;
  readonly trades: readonly ClosedTrade[];
}

/** What an expert holds while it runs: the market, its position and account, and the way to trade. One per instance. */
export interface Expert {
  /** Name of the definition. */
  readonly name: string;
  /** The first symbol. */
  readonly symbol: string;
  /** Everything the run trades. */
  readonly symbols: readonly string[];
  /** The timeframe of the definition, or the run's where that replaces it. */
  readonly timeframe: Timeframe;
  /** The moment of the event being handled, milliseconds since the epoch, UTC. */
  readonly now: number;
  readonly log: ExpertLog;
  /** Seeded chance: two runs with one seed draw the same numbers. */
  readonly random: Random;

  /** Keeps an indicator up to date with the closed bars of a timeframe. In setup only. */
  track<T extends Indicator>(timeframe: Timeframe, indicator: T, options?: { readonly symbol?: string }): T;
  /** The last closed bars of a timeframe, at most `lookbackBars` of them. In setup only. */
  bars(timeframe: Timeframe, options?: { readonly symbol?: string; readonly lookback?: number }): BarHistory;
  /** Plain data that is kept in the snapshot across restarts. In setup only, once. */
  memory<T extends object>(initial: T): T;
  /** A number to draw under the price chart. */
  plot(name: string, value: number): void;

  /** Position of the first symbol (net; in hedge mode the long one, or the short one when only that is held). */
  readonly position: PositionView;
  /** Position of a symbol; in hedge mode of the side asked for. */
  positionOf(symbol: string, side?: PositionSide): PositionView;
  /** Money as it is now. */
  readonly account: Account;
  /** The rules a symbol trades by. @default the first symbol's */
  instrument(symbol?: string): Instrument;
  /** Last known price of a symbol; NaN before the first. */
  price(symbol?: string): number;
  /** Orders that can still fill, oldest first. */
  readonly orders: readonly Order[];

  /** Opens or adds to a long position, or reduces a short one. Without options: at market, in the configured size, protected as `risk` says. */
  buy(options?: OrderOptions): OrderOutcome;
  /** The reverse of `buy`. On spot it sells what is held. */
  sell(options?: OrderOptions): OrderOutcome;
  /** Closes at market what is held and cancels the protective orders of it. */
  closePosition(options?: { readonly symbol?: string; readonly side?: PositionSide; readonly tag?: string }): OrderOutcome;
  /** Changes an order that can still fill. */
  amend(clientOrderId: string, changes: OrderChanges): OrderOutcome;
  /** Takes back an order that can still fill. */
  cancel(clientOrderId: string): OrderOutcome;
  /** Cancels all open orders (of one symbol) that are not protective; returns how many it asked to cancel. */
  cancelAll(symbol?: string): number;
  /** Ends the run after the current event. */
  stop(): void;

  // Events. Handlers are registered in setup; several for one event are called in the order of their registration. The
  // session awaits a promise before the next event. docs/guides/writing-an-expert.md tells when each one fires.

  /** Called once, before the first market event; the indicators warm up after it. */
  onInit(handler: () => HandlerResult): void;
  /** Called once, after the last market event, with the reason why the run ends. */
  onStop(handler: (reason: StopReason) => HandlerResult): void;
  /**
   * Called when a bar of the timeframe has closed, for each symbol. Orders sent here fill on later data, at the next bar's open at
   * the earliest. Omit the parameters when you do not need them: no bar object is made then. A bar object is yours to keep.
   */
  onBar(timeframe: Timeframe, handler: (bar: Bar, symbol: string) => HandlerResult): void;
  /** Called with each public trade of each symbol, where the run's data have trades. */
  onTick(handler: (trade: Trade, symbol: string) => HandlerResult): void;
  /** Called with each new state of the order book, in paper and live runs; the archive has no books. The book is yours to keep. */
  onBook(handler: (book: OrderBook) => HandlerResult): void;
  /** Called each time that many seconds of the run's time have passed, on whole multiples since the epoch. */
  onTimer(seconds: number, handler: () => HandlerResult): void;
  /** Called each time an order of the expert changes, its protective orders included: opened, filled in part, filled, cancelled, … */
  onOrder(handler: (order: Order) => HandlerResult): void;
  /** Called after each fill with the position it changed. */
  onPosition(handler: (position: Position) => HandlerResult): void;
  /** Called with each request and its result: taken by the exchange, filled, refused by risk, rejected by the exchange. */
  onTransaction(handler: (request: TransactionRequest, result: TransactionResult) => HandlerResult): void;
  /** Called when the account's money has changed: after fills and funding. */
  onAccount(handler: (account: Account) => HandlerResult): void;
  /** Called at each funding moment of a perpetual, whether or not a position is open. */
  onFunding(handler: (funding: Funding, symbol: string) => HandlerResult): void;
  /** Called when a connection comes or goes. A backtest reports `connected` once. */
  onConnection(handler: (state: ConnectionState) => HandlerResult): void;
  /** Called with what the world did wrong and the run survives; in paper and live runs also with what a handler threw, where `onError` says to continue. */
  onError(handler: (error: MetaExpertError) => HandlerResult): void;

  /** Only in backtests: called once, before `onInit`. */
  onBacktestInit(handler: () => HandlerResult): void;
  /** Only in backtests: called once, after `onStop`. */
  onBacktestStop(handler: () => HandlerResult): void;
  /** Only in backtests: called last; returns the fitness of the run, higher is better. */
  onBacktest(handler: (summary: BacktestSummary) => number): void;
  /** Only in optimisations: called after each pass. Not yet supported. */
  onBacktestPass(handler: (pass: BacktestPass) => HandlerResult): void;
}
