import type { BarColumns } from "../domain/bar.ts";
import { RowBar } from "./row-bar.ts";

/** What a range is taken of. */
interface HighLow {
  readonly high: number;
  readonly low: number;
}

/**
 * The highest high and the lowest low of the last `period` bars, at a cost that does not grow with the period.
 *
 * Bars come in blocks of `period`. When a block is full, each place in it gets the extreme from there to the block's end; a
 * window is then the rest of the last block and the beginning of the new one (van Herk 1992, Gil and Werman 1993). NaN is
 * passed over, as in TA-Lib; a window of nothing else has none.
 */
export class SlidingRange {
  highest = NaN;
  lowest = NaN;
  /** Length of the window. */
  readonly period: number;
  readonly #highs: Float64Array;
  readonly #lows: Float64Array;
  /** Extremes of the new block so far. */
  #blockHigh = NaN;
  #blockLow = NaN;
  #place = 0;
  #isFull = false;

  constructor(period: number) {
    this.period = period;
    this.#highs = new Float64Array(period + 1);
    this.#lows = new Float64Array(period + 1);
    this.reset();
  }

  /** Takes the next bar; true once the window is full. */
  take(bar: HighLow): boolean {
    const { high, low } = bar;
    const place = this.#place;
    let blockHigh = this.#blockHigh;
    let blockLow = this.#blockLow;
    if (high > blockHigh) blockHigh = high;
    if (low < blockLow) blockLow = low;
    this.#blockHigh = blockHigh;
    this.#blockLow = blockLow;
    this.#highs[place] = high;
    this.#lows[place] = low;
    this.#place = place + 1;
    if (place + 1 === this.period) this.#close();
    else if (!this.#isFull) return false;
    // The place behind a block's end holds extremes that any number exceeds.
    const restHigh = this.#highs[place + 1] as number;
    const restLow = this.#lows[place + 1] as number;
    const highest = restHigh > blockHigh ? restHigh : blockHigh;
    const lowest = restLow < blockLow ? restLow : blockLow;
    this.highest = highest;
    this.lowest = lowest;
    if (highest < lowest) this.#clear();
    return true;
  }

  /** Starts again with the last window of the columns, as if all rows had been taken. */
  resume(columns: BarColumns): void {
    this.reset();
    const bar = new RowBar();
    for (let row = Math.max(0, columns.length - this.period); row < columns.length; row += 1) this.take(bar.at(columns, row));
  }

  reset(): void {
    this.highest = NaN;
    this.lowest = NaN;
    this.#highs.fill(-Infinity);
    this.#lows.fill(Infinity);
    this.#blockHigh = -Infinity;
    this.#blockLow = Infinity;
    this.#place = 0;
    this.#isFull = false;
  }

  /** Turns the full block into extremes from each place to its end. */
  #close(): void {
    const highs = this.#highs;
    const lows = this.#lows;
    let blockHigh = -Infinity;
    let blockLow = Infinity;
    for (let place = this.period - 1; place >= 0; place -= 1) {
      const high = highs[place] as number;
      const low = lows[place] as number;
      if (high > blockHigh) blockHigh = high;
      if (low < blockLow) blockLow = low;
      highs[place] = blockHigh;
      lows[place] = blockLow;
    }
    this.#place = 0;
    this.#blockHigh = -Infinity;
    this.#blockLow = Infinity;
    this.#isFull = true;
  }

  /** For a window of nothing but NaN. */
  #clear(): void {
    if (this.highest === -Infinity) this.highest = NaN;
    if (this.lowest === Infinity) this.lowest = NaN;
  }
}
