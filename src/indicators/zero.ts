const TALIB_EPSILON = 1e-8;
const CHEAP_PRICE = 0.01;

/**
 * The amount below which a sum of price moves counts as zero.
 *
 * TA-Lib 0.4 takes anything below 1e-8 for zero before it divides. For a coin that costs 0.00001 that is a real move, and an
 * RSI or a band would stand at zero; so below a price of 0.01 the amount shrinks with the price.
 * At 0.01 and above it is TA-Lib's.
 */
export function negligible(price: number): number {
  const size = Math.abs(price);
  return size >= CHEAP_PRICE ? TALIB_EPSILON : (TALIB_EPSILON / CHEAP_PRICE) * size;
}

/** What counts as zero among numbers without a unit, such as percentages and ratios. */
export const NEGLIGIBLE_RATIO = TALIB_EPSILON;

/** The negligible amount of a series that may be no price and pass through zero: the largest number seen so far decides. */
export class SeriesZero {
  /** Below this a sum of the series' moves counts as zero. */
  amount = NaN;
  #largest = NaN;

  constructor() {
    this.reset();
  }

  /** True when no later number can change the amount. */
  get isSettled(): boolean {
    return this.#largest >= CHEAP_PRICE;
  }

  /** Takes the next number of the series. */
  see(value: number): void {
    if (this.#largest >= CHEAP_PRICE) return;
    const size = Math.abs(value);
    if (!(size > this.#largest)) return;
    this.#largest = size;
    this.amount = negligible(size);
  }

  reset(): void {
    this.amount = 0;
    this.#largest = 0;
  }
}
