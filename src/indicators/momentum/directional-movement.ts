import { trueRange } from "../volatility/atr.ts";

/**
 * Wilder's directional movement: how far the high rose beyond the last high, or the low fell below the last low, whichever
 * is more, and the true range, each a sum that loses 1/period with every bar.
 */
export class DirectionalMovement {
  /** Smoothed rise, fall and true range; sums while the first `period` bars come in. */
  plus = NaN;
  minus = NaN;
  range = NaN;
  readonly #period: number;
  #count = 0;
  #high = NaN;
  #low = NaN;
  #close = NaN;

  constructor(period: number) {
    this.#period = period;
    this.reset();
  }

  /** Shows the next bar; true once all three are smoothed, from bar `period` + 1 on. */
  next(high: number, low: number, close: number): boolean {
    const rise = high - this.#high;
    const fall = this.#low - low;
    const previousClose = this.#close;
    this.#high = high;
    this.#low = low;
    this.#close = close;
    const isSmoothed = this.#count >= this.#period;
    if (!isSmoothed) this.#count += 1;
    if (this.#count === 1 && !isSmoothed) return false;
    if (isSmoothed) {
      this.plus -= this.plus / this.#period;
      this.minus -= this.minus / this.#period;
      this.range -= this.range / this.#period;
    }
    if (fall > 0 && rise < fall) this.minus += fall;
    else if (rise > 0 && rise > fall) this.plus += rise;
    this.range += trueRange(high, low, previousClose);
    return isSmoothed;
  }

  reset(): void {
    this.#count = 0;
    this.#high = NaN;
    this.#low = NaN;
    this.#close = NaN;
    this.plus = 0;
    this.minus = 0;
    this.range = 0;
  }
}
