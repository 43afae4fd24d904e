import type { Bar, BarColumns } from "../domain/bar.ts";
import type { Funding } from "../domain/funding.ts";
import type { OrderBook } from "../domain/order-book.ts";
import type { Quote } from "../domain/quote.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { Trade } from "../domain/trade.ts";
import type { InstrumentSource } from "./gateway.ts";

/** What a run wants to see of one symbol. */
export interface MarketSubscription {
  readonly symbol: string;
  /** Closed bars of this length. */
  readonly timeframe: Timeframe;
  /** Every public trade; always wanted where orders are simulated, and for `onTick`. */
  readonly trades: boolean;
  /** The order book at each change. */
  readonly book: boolean;
  /** Funding moments of a perpetual. */
  readonly funding: boolean;
}

/**
 * Where live market data arrives. Per symbol and kind it comes once, in order and without gaps: what a reconnection missed has been
 * fetched before what follows it. Only the time between `onDown` and `onUp` says that the market is not being seen.
 */
export interface MarketListener {
  /** A closed bar, each one exactly once. */
  onBar(symbol: string, timeframe: Timeframe, bar: Bar): void;
  onTrade(symbol: string, trade: Trade): void;
  onQuote(symbol: string, quote: Quote): void;
  /** A proven state of the book; the object is reused, copy what you keep. */
  onBook(symbol: string, book: OrderBook): void;
  onFunding(symbol: string, funding: Funding): void;
  /** Data of the symbol are current again. */
  onUp(symbol: string): void;
  /** Data of the symbol can no longer be trusted: no risk is added until they are. */
  onDown(symbol: string, reason: string): void;
  /** From event at the exchange to arrival here, milliseconds, smoothed; NaN before it is known. */
  onLatency?(latencyMs: number): void;
}

/** Public market data of one exchange. */
export interface MarketSource extends InstrumentSource, AsyncDisposable {
  readonly name: string;
  /** Closed bars whose open lies in `from` (included) to `to` (excluded), milliseconds, oldest first, all pages. */
  history(symbol: string, timeframe: Timeframe, range: { readonly from: number; readonly to: number }): Promise<BarColumns>;
  /** Starts the streams; they reconnect and repair themselves until the source is disposed of. Called once. */
  subscribe(subscriptions: readonly MarketSubscription[], listener: MarketListener): void;
}
