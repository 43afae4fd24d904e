import type { BarColumns, PriceType } from "../domain/bar.ts";
import type { PointColumns } from "../domain/funding.ts";
import type { Instrument, Market } from "../domain/instrument.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { TradeColumns } from "../domain/trade.ts";

/** Names one stored series. Everything in it is part of the archive's path. */
export type SeriesKey = BarSeriesKey | TradeSeriesKey | PointSeriesKey;

/** Names an instrument: an exchange's symbol on one of its markets. */
export interface InstrumentAddress {
  /** Lower-case exchange name, such as `binance`; `local` where the source does not say. */
  readonly exchange: string;
  readonly market: Market;
  /** The exchange's own name without separators, such as `BTCUSDT`. */
  readonly symbol: string;
}

export interface BarSeriesKey extends InstrumentAddress {
  readonly kind: "bars";
  readonly timeframe: Timeframe;
  readonly priceType: PriceType;
}

export interface TradeSeriesKey extends InstrumentAddress {
  readonly kind: "trades";
}

/** Funding rates as shares of the position's value; open interest in the instrument's quantity units. */
export interface PointSeriesKey extends InstrumentAddress {
  readonly kind: "funding" | "openInterest";
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
  /** Rows with a time (trades: an id) that was already there and other values; the newer ones are kept. */
  readonly replaced: number;
}

/** What else a reader of trades wants. */
export interface TradeReadOptions {
  /** Ids take more memory than everything else in a trade; without them `id` is empty. @default true */
  readonly ids?: boolean;
}

/** How an instrument came to be known. */
export interface SaveInstrumentOptions {
  /**
   * The steps were guessed from stored prices. A guess never replaces an instrument that a source described;
   * beside an earlier guess the finer step of both is kept.
   * @default false
   */
  readonly inferred?: boolean;
}

/**
 * Stored market data. Appending is atomic: whoever is killed while writing leaves the old state or the new one, and
 * writers of one series, in any process, take turns. Times in a series are whole microseconds, strictly rising for bars
 * and points, and never falling for trades.
 */
export interface Archive extends AsyncDisposable {
  /** Every stored series, sorted by exchange, market, symbol and kind. */
  list(): Promise<readonly SeriesInfo[]>;
  /** Undefined when nothing is stored under the key. */
  info(key: SeriesKey): Promise<SeriesInfo | undefined>;

  appendBars(key: BarSeriesKey, bars: BarColumns): Promise<AppendResult>;
  /** Trades with an id are one when time and id are equal; without an id, when everything is and as often. */
  appendTrades(key: TradeSeriesKey, trades: TradeColumns): Promise<AppendResult>;
  appendPoints(key: PointSeriesKey, points: PointColumns): Promise<AppendResult>;

  /** Chunks in time order. Each chunk is fresh memory that the reader may keep. Nothing when nothing is stored. */
  readBars(key: BarSeriesKey, range?: TimeRange): AsyncIterable<BarColumns>;
  readTrades(key: TradeSeriesKey, range?: TimeRange, options?: TradeReadOptions): AsyncIterable<TradeColumns>;
  readPoints(key: PointSeriesKey, range?: TimeRange): AsyncIterable<PointColumns>;

  /**
   * A fingerprint of the rows in the range: equal rows give equal text, whatever else is stored and however it is laid out.
   * Cheap: hashes of whole months (trades: days) are kept, only cut ones are read.
   */
  hash(key: SeriesKey, range?: TimeRange): Promise<string>;

  /** Takes a series out of the archive; true when there was one. */
  remove(key: SeriesKey): Promise<boolean>;

  /** What is known of an instrument; undefined when nobody has stored it. */
  instrument(address: InstrumentAddress): Promise<Instrument | undefined>;
  /** Stores what is known; several at once are written once. */
  saveInstruments(instruments: readonly Instrument[], options?: SaveInstrumentOptions): Promise<void>;
}
