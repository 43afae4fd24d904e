import type { BarColumns, PriceType } from "../domain/bar.ts";
import type { PointColumns } from "../domain/funding.ts";
import type { Instrument, Market } from "../domain/instrument.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { TradeColumns } from "../domain/trade.ts";

/** Names one stored series. Everything in it is part of the archive's path. */
export type SeriesKey = BarSeriesKey | PlainSeriesKey;

interface SeriesAddress {
  /** Lower-case exchange name, such as `binance`; `local` where the source does not say. */
  readonly exchange: string;
  readonly market: Market;
  /** The exchange's own name without separators, such as `BTCUSDT`. */
  readonly symbol: string;
}

export interface BarSeriesKey extends SeriesAddress {
  readonly kind: "bars";
  readonly timeframe: Timeframe;
  /** @default "trade" */
  readonly priceType: PriceType;
}

export interface PlainSeriesKey extends SeriesAddress {
  readonly kind: "trades" | "funding" | "openInterest";
}

/** Which part of a series to read, milliseconds since the epoch: `from` included, `to` excluded. */
export interface TimeRange {
  readonly from?: number;
  readonly to?: number;
}

/** One line of `data list`. */
export interface SeriesInfo {
  readonly key: SeriesKey;
  readonly rows: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly bytes: number;
  readonly files: number;
}

/** What an append did. Rows that were already there and equal count as `unchanged`. */
export interface AppendResult {
  readonly added: number;
  readonly unchanged: number;
  /** Rows with a time that was already there and other values; the newer ones are kept. */
  readonly replaced: number;
}

/**
 * Stored market data. Appending is atomic: whoever is killed while writing leaves the old state or the new one.
 * Times in a series are strictly rising for bars and points, and never falling for trades.
 */
export interface Archive extends AsyncDisposable {
  list(): Promise<readonly SeriesInfo[]>;
  /** Undefined when nothing is stored under the key. */
  info(key: SeriesKey): Promise<SeriesInfo | undefined>;

  appendBars(key: BarSeriesKey, bars: BarColumns): Promise<AppendResult>;
  appendTrades(key: PlainSeriesKey, trades: TradeColumns): Promise<AppendResult>;
  appendPoints(key: PlainSeriesKey, points: PointColumns): Promise<AppendResult>;

  /** Chunks in time order. Each chunk is fresh memory that the reader may keep. Nothing when nothing is stored. */
  readBars(key: BarSeriesKey, range?: TimeRange): AsyncIterable<BarColumns>;
  readTrades(key: PlainSeriesKey, range?: TimeRange): AsyncIterable<TradeColumns>;
  readPoints(key: PlainSeriesKey, range?: TimeRange): AsyncIterable<PointColumns>;

  /** Takes a series out of the archive. */
  remove(key: SeriesKey): Promise<void>;

  /** What is known of an instrument; undefined when nobody has stored it. */
  instrument(address: { exchange: string; market: Market; symbol: string }): Promise<Instrument | undefined>;
  saveInstrument(instrument: Instrument): Promise<void>;
}
