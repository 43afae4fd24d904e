import type { Bar, BarColumns } from "../domain/bar.ts";

/**
 * What an indicator is: an object that is shown closed bars in order and holds its current value.
 *
 * A user's own indicator needs no more than this, in any file and without registration: a plain object or a class with
 * `warmup`, `value` and `update`. Extending `SeriesIndicator` or `BarIndicator` adds lines, `reset`, `over` and `of`.
 */
export interface Indicator {
  /** Number of bars until the first value; `value` is NaN before the bar of that number has been shown. */
  readonly warmup: number;
  /** The current value (of the first line, where there are several); NaN before the warm-up. */
  readonly value: number;
  /** Shows the next closed bar. The bar is only valid during the call: copy numbers out of it, never keep it. */
  update(bar: Bar): void;
}

/**
 * What every indicator of the catalogue is beyond that: it names its lines, starts again, and runs over whole columns.
 *
 * Bars come in order; that is the feed's promise and is not checked again here. Input that is NaN inside a series makes the
 * values that depend on it NaN, and those of indicators with running sums stay NaN, as TA-Lib's do.
 */
export interface Study<Line extends string = string> extends Indicator {
  /** Names of the lines in their order; each is also a property that holds the line's current value. */
  readonly lines: readonly Line[];
  /** Forgets all bars, as if the indicator had just been made. */
  reset(): void;
  /**
   * Starts again and shows all rows at once, giving one column per line, NaN before the warm-up. Every value is the same,
   * to the last bit, as `update` gives row by row, and `update` may go on after the last row.
   */
  over(columns: BarColumns): LineColumns<Line>;
}

/** One column per line, each with as many rows as the bars. */
export type LineColumns<Line extends string> = Readonly<Record<Line, Float64Array>>;

/** A price, or the volume, read from a bar. */
export type SourceName = "open" | "high" | "low" | "close" | "volume" | "hl2" | "hlc3" | "ohlc4" | "hlcc4";

/** What an indicator reads when it is not the close: a price derived from the bar, or another indicator's value. */
export type Source = SourceName | Indicator | ((bar: Bar) => number);
