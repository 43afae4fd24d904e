import { SlidingMaximum, SlidingMinimum } from "../sliding-extreme.ts";

/** Where a price stands between the lowest low and the highest high of the last bars, 0 to 100; 0 where they are equal. */
export class FastStochastic {
  value = NaN;
  readonly #highest: SlidingMaximum;
  readonly #lowest: SlidingMinimum;
  #wait = 0;

  constructor(period: number) {
    this.#highest = new SlidingMaximum(period);
    this.#lowest = new SlidingMinimum(period);
    this.reset();
  }

  /** Shows the next bar; true once the window is full. */
  next(high: number, low: number, close: number): boolean {
    this.#highest.push(high);
    this.#lowest.push(low);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return false;
    }
    const lowest = this.#lowest.value;
    const percent = (this.#highest.value - lowest) / 100;
    this.value = percent === 0 ? 0 : (close - lowest) / percent;
    return true;
  }

  reset(): void {
    this.#highest.reset();
    this.#lowest.reset();
    this.#wait = this.#highest.period - 1;
    this.value = NaN;
  }
}
