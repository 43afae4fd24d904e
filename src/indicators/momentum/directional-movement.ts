import type { Bar, BarColumns } from "../../domain/bar.ts";
import { RowBar } from "../row-bar.ts";
import { trueRange } from "../volatility/atr.ts";
import { NEGLIGIBLE_RATIO, SeriesZero } from "../zero.ts";

/**
 * Wilder's directional movement: how far the high rose beyond the last high, or the low fell below the last low, whichever
 * is more, and the true range, each a sum that loses 1/period with every bar.
 */
export class DirectionalMovement {
  /** Smoothed rise, fall and true range; sums while the first `period` bars come in. */
  plus = NaN;
  minus = NaN;
  range = NaN;
  /** The last directional index that `measure` found. */
  index = NaN;
  readonly #period: number;
  readonly #zero = new SeriesZero();
  #count = 0;
  #high = NaN;
  #low = NaN;
  #close = NaN;

  constructor(period: number) {
    this.#period = period;
    this.reset();
  }

  /** Shows the next bar; true once all three are smoothed, from bar `period` + 1 on. */
  next(bar: Bar): boolean {
    const { high, low, close } = bar;
    const rise = high - this.#high;
    const fall = this.#low - low;
    const previousClose = this.#close;
    this.#high = high;
    this.#low = low;
    this.#close = close;
    this.#zero.see(close);
    const isSmoothed = this.#count >= this.#period;
    if (!isSmoothed) this.#count += 1;
    if (this.#count === 1 && !isSmoothed) return false;
    if (isSmoothed) {
      this.plus -= this.plus / this.#period;
      this.minus -= this.minus / this.#period;
      this.range -= this.range / this.#period;
    }
    this.minus += fall > 0 && rise < fall ? fall : 0;
    this.plus += rise > 0 && rise > fall ? rise : 0;
    this.range += trueRange(high, low, previousClose);
    return isSmoothed;
  }

  /** Puts the directional index of this bar into `index`; false, leaving it, where nothing moves. */
  measure(): boolean {
    const { plus, minus, range } = this;
    if (this.isStill) return false;
    const minusPercent = 100 * (minus / range);
    const plusPercent = 100 * (plus / range);
    const sum = minusPercent + plusPercent;
    if (sum < NEGLIGIBLE_RATIO) return false;
    this.index = 100 * (Math.abs(minusPercent - plusPercent) / sum);
    return true;
  }

  /** Puts the directional index of all rows into `output`, −1 before they are smoothed and where nothing moves. */
  over(columns: BarColumns, output: Float64Array): void {
    const { high, low, close, length } = columns;
    const period = this.#period;
    const bar = new RowBar();
    let first = 0;
    for (; first < length && (first < period || !this.#zero.isSettled); first += 1) {
      output[first] = this.next(bar.at(columns, first)) && this.measure() ? this.index : -1;
    }
    const zero = this.#zero.amount;
    let { plus, minus, range } = this;
    let highBefore = this.#high;
    let lowBefore = this.#low;
    let closeBefore = this.#close;
    for (let row = first; row < length; row += 1) {
      const highNow = high[row] as number;
      const lowNow = low[row] as number;
      const rise = highNow - highBefore;
      const fall = lowBefore - lowNow;
      // Half of size + move is the move upwards, exactly, without a branch that a random series mispredicts.
      const up = 0.5 * (Math.abs(rise) + rise);
      const down = 0.5 * (Math.abs(fall) + fall);
      plus = plus - plus / period + up * Number(up > down);
      minus = minus - minus / period + down * Number(down > up);
      range = range - range / period + trueRange(highNow, lowNow, closeBefore);
      highBefore = highNow;
      lowBefore = lowNow;
      closeBefore = close[row] as number;
      const minusPercent = 100 * (minus / range);
      const plusPercent = 100 * (plus / range);
      const sum = minusPercent + plusPercent;
      output[row] = range < zero || sum < NEGLIGIBLE_RATIO ? -1 : 100 * (Math.abs(minusPercent - plusPercent) / sum);
    }
    this.plus = plus;
    this.minus = minus;
    this.range = range;
    this.#high = highBefore;
    this.#low = lowBefore;
    this.#close = closeBefore;
  }

  /** Whether the range is too small to divide by. */
  get isStill(): boolean {
    return this.range < this.#zero.amount || this.range === 0;
  }

  reset(): void {
    this.#zero.reset();
    this.#count = 0;
    this.#high = NaN;
    this.#low = NaN;
    this.#close = NaN;
    this.plus = 0;
    this.minus = 0;
    this.range = 0;
    this.index = NaN;
  }
}
