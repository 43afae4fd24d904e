import type { BarColumns } from "../domain/bar.ts";
import type { OrderBook } from "../domain/order-book.ts";
import type { Quote } from "../domain/quote.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { TradeColumns } from "../domain/trade.ts";
import type { Funding } from "../domain/funding.ts";
import type { ConnectionState, StopReason } from "../expert/expert.ts";
import type { ExchangeReport } from "./exchange.ts";

/** One symbol's market data in a feed; events name it by its place in `Feed.streams`. */
export interface StreamInfo {
  readonly symbol: string;
  /** Length of the bars of this stream; of a stream of trades, the shortest timeframe that may be built from them. */
  readonly timeframe: Timeframe;
  /**
   * `trades`: bars are built from them. `barsAndTrades`: both arrive; prices move with the trades, and what a bar is, is said by the
   * bars. @default "bars"
   */
  readonly kind?: "bars" | "trades" | "barsAndTrades";
}

/** Rows `from` (included) to `to` (excluded) of a stream's columns: closed bars that follow each other with no event of any stream between them. */
export interface BarsEvent {
  readonly kind: "bars";
  readonly stream: number;
  readonly columns: BarColumns;
  readonly from: number;
  readonly to: number;
  /** Another event follows that counts at the same moment as the last row: handlers wait for it. */
  readonly more?: boolean;
}

/** Rows of public trades, under the same rule. */
export interface TradesEvent {
  readonly kind: "trades";
  readonly stream: number;
  readonly columns: TradeColumns;
  readonly from: number;
  readonly to: number;
}

export interface FundingEvent {
  readonly kind: "funding";
  readonly stream: number;
  readonly funding: Funding;
}

export interface BookEvent {
  readonly kind: "book";
  readonly stream: number;
  readonly book: OrderBook;
}

/** The best prices have changed. */
export interface QuoteEvent {
  readonly kind: "quote";
  readonly stream: number;
  readonly quote: Quote;
}

/** What the market says. Bars count at their close, everything else at its own time; events come in that order. */
export type MarketEvent = BarsEvent | TradesEvent | FundingEvent | BookEvent | QuoteEvent;

/** The exchange has reported something about orders, money or positions. */
export interface ReportEvent {
  readonly kind: "report";
  readonly report: ExchangeReport;
}

/** Time has passed without anything else: timers that are due fire. */
export interface TimeEvent {
  readonly kind: "time";
  readonly time: number;
}

/** A connection has come or gone. While any symbol's data cannot be trusted (`isStale`), no risk is added. */
export interface ConnectionEvent {
  readonly kind: "connection";
  readonly time: number;
  readonly state: ConnectionState;
  readonly isStale: boolean;
}

/** The operator, a signal or the end of the duration asks the run to stop. */
export interface StopEvent {
  readonly kind: "stop";
  readonly time: number;
  readonly reason: StopReason;
}

/** Everything a session can be told, in the one order in which it happens. A journal of these repeats a session to the bit. */
export type SessionEvent = MarketEvent | ReportEvent | TimeEvent | ConnectionEvent | StopEvent;

/**
 * Where events come from: an archive, a simulator or an exchange's streams. `next` answers at once when the next event
 * is at hand and with a promise when it has to be waited for; undefined ends the run.
 *
 * Events of bars and trades carry many rows, so that a session steps through an archive without a call per row.
 * The memory of an event is only valid until the following `next`.
 */
export interface Feed extends AsyncDisposable {
  readonly streams: readonly StreamInfo[];
  next(): SessionEvent | undefined | Promise<SessionEvent | undefined>;
}
