import type { BarColumns } from "../domain/bar.ts";
import type { OrderBook } from "../domain/order-book.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { TradeColumns } from "../domain/trade.ts";
import type { Funding } from "../domain/funding.ts";

/** One symbol's market data in a feed; events name it by its place in `Feed.streams`. */
export interface StreamInfo {
  readonly symbol: string;
  /** Length of the bars of this stream; of a stream of trades, the shortest timeframe that may be built from them. */
  readonly timeframe: Timeframe;
  /** @default "bars" */
  readonly kind?: "bars" | "trades";
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

/** What the market says. Bars count at their close, everything else at its own time; events come in that order. */
export type MarketEvent = BarsEvent | TradesEvent | FundingEvent | BookEvent;

/**
 * Where market data comes from: an archive, a simulator or an exchange's stream. `next` answers at once when the next event
 * is at hand and with a promise when it has to be waited for; undefined ends the run.
 *
 * Events of bars and trades carry many rows, so that a session steps through an archive without a call per row.
 * The memory of an event is only valid until the following `next`.
 */
export interface Feed extends AsyncDisposable {
  readonly streams: readonly StreamInfo[];
  next(): MarketEvent | undefined | Promise<MarketEvent | undefined>;
}
