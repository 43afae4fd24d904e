import { assert } from "../base/assert.ts";
import { columnsOf, type Bar, type BarColumns } from "../domain/bar.ts";
import { barCloseTime, barOpenTime, type Timeframe } from "../domain/timeframe.ts";

/** One bar: its close alone, or its four prices, or those and the volume. */
export type BarSketch =
  | number
  | readonly [open: number, high: number, low: number, close: number]
  | readonly [open: number, high: number, low: number, close: number, volume: number];

/** What `bars` fills in. */
export interface BarsOptions {
  /** A moment in the first bar, milliseconds since the epoch. @default 1704067200000, Monday, 1 January 2024, 00:00 UTC */
  readonly from?: number;
  /** How far a bar that is given by its close reaches above and below its open and close. @default 0.01 */
  readonly wick?: number;
  /** Volume of bars that do not say theirs. @default 1 */
  readonly volume?: number;
}

/** Monday, 1 January 2024, 00:00 UTC: the start of a month, a week, a day and every shorter bar. */
const START = Date.UTC(2024, 0, 1);

/**
 * Market data that a test's reader can see at a glance: bars that follow each other without a gap.
 *
 * A number is a close; that bar opens at the close before it (the first one at its own) and its high and low lie 0.01
 * outside of open and close, so that a price which is not written in the list is never touched by accident.
 * A list is a bar in full.
 *
 * @example
 * bars("1h", [10, 11, 12, 9]);
 * bars("1h", [[10, 11, 9, 10.5, 250], 12]);
 */
export function bars(timeframe: Timeframe, sketches: readonly BarSketch[], options: BarsOptions = {}): BarColumns {
  const { from = START, wick = 0.01, volume = 1 } = options;
  assert(wick >= 0, "bars: wick is not below zero");
  const made: Bar[] = [];
  let openTime = barOpenTime(timeframe, from);
  let lastClose = NaN;
  for (const sketch of sketches) {
    const bar = typeof sketch === "number" ? barFromClose(sketch, { lastClose, wick, volume }) : barFromList(sketch, volume);
    made.push({ openTime, ...bar });
    lastClose = bar.close;
    openTime = barCloseTime(timeframe, openTime);
  }
  return columnsOf(made);
}

type Prices = Omit<Bar, "openTime">;

function barFromClose(close: number, { lastClose, wick, volume }: { lastClose: number; wick: number; volume: number }): Prices {
  const open = Number.isNaN(lastClose) ? close : lastClose;
  const low = rounded(Math.min(open, close) - wick);
  assert(low > 0, `bars: a bar from ${open} to ${close} has a low of ${low}; give a smaller wick`);
  return { open, high: rounded(Math.max(open, close) + wick), low, close, volume };
}

function barFromList([open, high, low, close, volume]: Exclude<BarSketch, number>, otherwise: number): Prices {
  return { open, high, low, close, volume: volume ?? otherwise };
}

/** The double that "10.09" reads as, where the difference of two doubles lies an ulp beside it. */
function rounded(price: number): number {
  return Number(price.toPrecision(12));
}
