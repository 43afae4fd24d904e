import type { CandleSetting } from "./candle-settings.ts";
import type { Candles } from "./candles.ts";

/**
 * The limit that a candle setting stands for at one candle of a pattern, from the average of the candles before that candle.
 *
 * The sum is kept by TA-Lib's additions in TA-Lib's order (each step adds the difference of the newest and the oldest
 * measure), because a candle that is exactly as long as the limit is common on a price grid and rounding decides it.
 */
export class CandleAverage {
  readonly #candles: Candles;
  readonly #measure: CandleSetting["measure"];
  readonly #period: number;
  readonly #factor: number;
  readonly #divisor: number;
  /** How many candles before the pattern's last the limit is for. */
  readonly #shift: number;
  #total = NaN;

  constructor(candles: Candles, { measure, period, factor }: CandleSetting, shift: number) {
    this.#candles = candles;
    this.#measure = measure;
    this.#period = period;
    this.#factor = factor;
    this.#divisor = measure === "shadows" ? 2 : 1;
    this.#shift = shift;
  }

  /** The limit for a pattern that ends in `row`. */
  at(row: number): number {
    const average = this.#period === 0 ? this.#measured(row - this.#shift) : this.#total / this.#period;
    return (this.#factor * average) / this.#divisor;
  }

  /** Sums up for the first pattern, which ends in `row`. */
  start(row: number): void {
    const last = row - this.#shift;
    this.#total = 0;
    for (let index = last - this.#period; index < last; index += 1) this.#total += this.#measured(index);
  }

  /** Takes the sum from the pattern that ends in the row before to the one that ends in `row`. */
  advance(row: number): void {
    if (this.#period === 0) return;
    const newest = row - this.#shift - 1;
    this.#total += this.#measured(newest) - this.#measured(newest - this.#period);
  }

  #measured(row: number): number {
    const candles = this.#candles;
    if (this.#measure === "range") return candles.range(row);
    return this.#measure === "body" ? candles.body(row) : candles.upperShadow(row) + candles.lowerShadow(row);
  }
}
