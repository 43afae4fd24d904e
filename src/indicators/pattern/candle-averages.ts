import type { CandleSetting } from "./candle-settings.ts";

/**
 * The limit that a candle setting stands for at one candle of a pattern, from the average of the candles before that candle.
 *
 * The sum is kept by TA-Lib's additions in TA-Lib's order (each step adds the difference of the newest and the oldest
 * measure), because a candle that is exactly as long as the limit is common on a price grid and rounding decides it.
 */
export class CandleAverage {
  /** The measures of the candles, by row. */
  readonly #measures: Float64Array;
  readonly #limits: Float64Array;
  readonly #period: number;
  readonly #factor: number;
  /** 1, or a half where two shadows stand for one; TA-Lib divides by 2, which is the same to the last bit. */
  readonly #share: number;
  /** How many candles before the pattern's last the limit is for. */
  readonly #shift: number;
  #total = NaN;

  constructor(measures: Float64Array, { measure, period, factor }: CandleSetting, shift: number) {
    this.#measures = measures;
    this.#limits = new Float64Array(measures.length);
    this.#period = period;
    this.#factor = factor;
    this.#share = measure === "shadows" ? 0.5 : 1;
    this.#shift = shift;
  }

  /** The limit for a pattern that ends in `row`, the latest or one of the latest to which the average was advanced. */
  at(row: number): number {
    return this.#limits[row] as number;
  }

  /** Sums up for the first pattern, which ends in `row`. */
  start(row: number): void {
    const measures = this.#measures;
    const last = row - this.#shift;
    let total = 0;
    for (let index = last - this.#period; index < last; index += 1) total += measures[index] as number;
    this.#total = total;
    const average = this.#period === 0 ? (measures[last] as number) : total / this.#period;
    this.#limits[row] = this.#factor * average * this.#share;
  }

  /** Goes on row by row from the pattern that ends in the row before `from` to the one that ends in the row before `to`. */
  advance(from: number, to: number): void {
    const measures = this.#measures;
    const limits = this.#limits;
    const period = this.#period;
    const factor = this.#factor;
    const share = this.#share;
    const shift = this.#shift;
    if (period === 0) {
      for (let row = from; row < to; row += 1) limits[row] = factor * (measures[row - shift] as number) * share;
      return;
    }
    let total = this.#total;
    for (let row = from; row < to; row += 1) {
      const newest = row - shift - 1;
      total += (measures[newest] as number) - (measures[newest - period] as number);
      limits[row] = factor * (total / period) * share;
    }
    this.#total = total;
  }
}
