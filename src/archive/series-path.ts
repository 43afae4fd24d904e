import { assert } from "../base/assert.ts";
import { ConfigurationError } from "../base/errors.ts";
import type { PriceType } from "../domain/bar.ts";
import { MARKETS } from "../domain/instrument.ts";
import { isTimeframe, type Timeframe, timeframeMs, DAY_MS, MINUTE_MS } from "../domain/timeframe.ts";
import type { InstrumentAddress, SeriesKey } from "./archive.ts";

export const PRICE_TYPES: readonly PriceType[] = ["trade", "mark", "index", "bid", "ask"];

/** Folders of a series below the archive's, such as `binance/spot/BTCUSDT/bars/1m/trade`. */
export function seriesPath(key: SeriesKey): readonly string[] {
  const address = addressPath(key);
  if (key.kind !== "bars") return [...address, key.kind];
  assert(isTimeframe(key.timeframe) && PRICE_TYPES.includes(key.priceType), `${key.timeframe}/${key.priceType} names no bars`);
  return [...address, "bars", timeframeFolder(key.timeframe), key.priceType];
}

/** The same text for the same series: for messages, maps and sorting. */
export function seriesName(key: SeriesKey): string {
  const address = `${key.exchange}/${key.market}/${key.symbol}`;
  return key.kind === "bars" ? `${address}/bars/${key.timeframe}/${key.priceType}` : `${address}/${key.kind}`;
}

/** Folders of everything about an instrument. Symbols become file names, so what no file system takes is percent-encoded. */
export function addressPath({ exchange, market, symbol }: InstrumentAddress): readonly string[] {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(exchange)) {
    throw new ConfigurationError(`"${exchange}" is not an exchange's name: use lower-case letters, digits and "-", such as "binance"`);
  }
  if (!(MARKETS as readonly string[]).includes(market)) {
    throw new ConfigurationError(`"${market as string}" is not a market: use one of ${MARKETS.join(", ")}`);
  }
  const folder = encodeURIComponent(symbol).replaceAll("*", "%2A").replace(/^\./, "%2E");
  if (symbol === "" || folder.length > 120) throw new ConfigurationError(`"${symbol}" is not a symbol: use a name such as "BTCUSDT"`);
  return [exchange, market, folder];
}

/** `1m` and `1M` are one folder where file systems ignore case. */
function timeframeFolder(timeframe: Timeframe): string {
  return timeframe === "1M" ? "1month" : timeframe;
}

/** The file a row belongs to, as a text that sorts by time: days of trades, months of seconds, years of anything slower. */
export function partitionOf(key: SeriesKey, time: number): string {
  if (key.kind === "trades") return dayOf(time);
  if (key.kind !== "bars") return yearOf(time);
  const length = timeframeMs(key.timeframe);
  return length < MINUTE_MS ? monthOf(time) : length < DAY_MS ? yearOf(time) : "all";
}

/** The span of rows that share one stored hash. It never reaches beyond a file. */
export function hashBlockOf(key: SeriesKey, time: number): string {
  return key.kind === "trades" ? dayOf(time) : monthOf(time);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function monthOf(time: number): string {
  return new Date(time).toISOString().slice(0, 7);
}

function yearOf(time: number): string {
  return new Date(time).toISOString().slice(0, 4);
}

/** Milliseconds at which a partition or block named by `partitionOf` or `hashBlockOf` ends. */
export function periodEnd(name: string): number {
  const [year = NaN, month, day] = name.split("-").map(Number);
  if (name === "all") return Infinity;
  if (month === undefined) return Date.UTC(year + 1, 0, 1);
  return day === undefined ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1);
}
