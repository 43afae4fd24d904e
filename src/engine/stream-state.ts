import type { Timeframe } from "../domain/timeframe.ts";
import { timeframeMs } from "../domain/timeframe.ts";
import type { Quote } from "../domain/quote.ts";
import type { StreamInfo } from "./feed.ts";
import type { PositionBook } from "./portfolio/position-book.ts";
import { BarSeries } from "./series.ts";

/** One symbol of a session: its series and positions. */
export class StreamState {
  readonly symbol: string;
  /** Length of the feed's bars. */
  readonly timeframe: Timeframe;
  readonly barMs: number;
  /** Bars as the feed gives them. */
  readonly base: BarSeries;
  /** Bars built from them. */
  readonly coarser: BarSeries[] = [];
  /** The net position, or the long one in hedge mode. */
  readonly book: PositionBook;
  readonly shortBook: PositionBook | undefined;
  lastVolume = NaN;
  lastOpenTime = NaN;
  /** What the feed gives of the symbol. */
  readonly hasBars: boolean;
  readonly hasTrades: boolean;
  /** The best prices, where the feed gives them. */
  quote: Quote | undefined = undefined;

  constructor({ symbol, timeframe, kind = "bars" }: StreamInfo, books: readonly PositionBook[]) {
    this.symbol = symbol;
    this.timeframe = timeframe;
    this.hasBars = kind !== "trades";
    this.hasTrades = kind !== "bars";
    this.barMs = timeframeMs(timeframe);
    this.base = new BarSeries(symbol, timeframe);
    this.book = books[0] as PositionBook;
    this.shortBook = books[1];
  }
}
