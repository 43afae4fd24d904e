import { assert } from "../base/assert.ts";

/** One candle. Named by its open time and handed out when it has closed. */
export interface Bar {
  /** Milliseconds since the epoch, UTC. */
  readonly openTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Traded quantity in units of the base asset (contracts for inverse instruments). */
  readonly volume: number;
}

/** What a bar's prices are prices of. */
export type PriceType = "trade" | "mark" | "index" | "bid" | "ask";

/** Bars as columns, the form that archive, feed and indicators pass around. All arrays have `length` entries or more. */
export interface BarColumns {
  readonly length: number;
  readonly openTime: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

export const BAR_COLUMN_NAMES = ["openTime", "open", "high", "low", "close", "volume"] as const;

/** Columns with room for `capacity` bars. */
export function allocateBars(capacity: number): BarColumns {
  return {
    length: capacity,
    openTime: new Float64Array(capacity),
    open: new Float64Array(capacity),
    high: new Float64Array(capacity),
    low: new Float64Array(capacity),
    close: new Float64Array(capacity),
    volume: new Float64Array(capacity),
  };
}

/** Columns of the given bars. */
export function columnsOf(bars: readonly Bar[]): BarColumns {
  const columns = allocateBars(bars.length);
  bars.forEach((bar, row) => {
    for (const name of BAR_COLUMN_NAMES) columns[name][row] = bar[name];
  });
  return columns;
}

/** One row as a bar. */
export function barAt(columns: BarColumns, row: number): Bar {
  assert(row >= 0 && row < columns.length, `row ${row} of ${columns.length}`);
  return {
    openTime: columns.openTime[row] as number,
    open: columns.open[row] as number,
    high: columns.high[row] as number,
    low: columns.low[row] as number,
    close: columns.close[row] as number,
    volume: columns.volume[row] as number,
  };
}

/** Rows `from` (included) to `to` (excluded) as a view on the same memory. */
export function sliceBars(columns: BarColumns, from: number, to: number): BarColumns {
  return {
    length: to - from,
    openTime: columns.openTime.subarray(from, to),
    open: columns.open.subarray(from, to),
    high: columns.high.subarray(from, to),
    low: columns.low.subarray(from, to),
    close: columns.close.subarray(from, to),
    volume: columns.volume.subarray(from, to),
  };
}

/** All rows of several columns, one after the other, in fresh memory. */
export function concatBars(parts: readonly BarColumns[]): BarColumns {
  const whole = allocateBars(parts.reduce((sum, part) => sum + part.length, 0));
  let row = 0;
  for (const part of parts) {
    for (const name of BAR_COLUMN_NAMES) whole[name].set(part[name].subarray(0, part.length), row);
    row += part.length;
  }
  return whole;
}
