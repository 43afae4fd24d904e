import { assert } from "../base/assert.ts";
import type { Bar, BarColumns } from "../domain/bar.ts";

/**
 * What an indicator is: an object that is shown closed bars in order and holds its current value.
 *
 * A user's own indicator needs no more than this, in any file and without registration:
 * a plain object or a class with `warmup`, `value` and `update`.
 */
export interface Indicator {
  /** Number of bars before the first value; `value` is NaN until `warmup` bars have been shown. */
  readonly warmup: number;
  /** The current value (of the first line, where there are several); NaN before the warm-up. */
  readonly value: number;
  /** Shows the next closed bar. The bar is only valid during the call: copy numbers out of it, never keep it. */
  update(bar: Bar): void;
}

/** What an indicator reads when it is not the close: a price derived from the bar, or another indicator's value. */
export type Source = "open" | "high" | "low" | "close" | "volume" | "hl2" | "hlc3" | "ohlc4" | "hlcc4" | Indicator | ((bar: Bar) => number);
