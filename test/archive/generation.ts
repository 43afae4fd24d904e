import type { BarSeriesKey } from "../../src/archive/archive.ts";
import { allocateBars, type BarColumns } from "../../src/domain/bar.ts";
import { MINUTE_MS } from "../../src/domain/timeframe.ts";

export const key: BarSeriesKey = {
  exchange: "binance",
  market: "spot",
  symbol: "BTCUSDT",
  kind: "bars",
  timeframe: "1m",
  priceType: "trade",
};

/** Rows of one generation; they reach over New Year, so that an append writes two files. */
export const ROWS = 60_000;

/** Bars whose every price is the generation's number. */
export function generation(number: number): BarColumns {
  const bars = allocateBars(ROWS);
  for (let row = 0; row < ROWS; row += 1) bars.openTime[row] = Date.UTC(2022, 0, 1) + (row - ROWS / 2) * MINUTE_MS;
  for (const name of ["open", "high", "low", "close"] as const) bars[name].fill(number);
  for (let row = 0; row < ROWS; row += 1) bars.volume[row] = (row * 7_919) % 1_000;
  return bars;
}
