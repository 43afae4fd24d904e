import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Weighted moving average: the newest number counts `period` times, the one before once less, the oldest once. */
export function wma(period = 30): Wma {
  return new Wma(period);
}

/** See `wma`. Two running sums make a step cost the same for every period; they follow TA-Lib's order of operations. */
export class Wma extends SeriesIndicator {
  readonly #period: number;
  readonly #divider: number;
  readonly #window: Float64Array;
  #slot = 0;
  #count = 0;
  #sum = NaN;
  #weightedSum = NaN;
  /** The number that leaves the plain sum with the next step. */
  #leaving = NaN;

  constructor(period: number) {
    super(["value"], wholeNumber("wma", "period", period, { min: 2 }));
    this.#period = period;
    this.#divider = (period * (period + 1)) / 2;
    this.#window = new Float64Array(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const period = this.#period;
    const slot = this.#slot + 1 === period ? 0 : this.#slot + 1;
    this.#window[this.#slot] = value;
    this.#slot = slot;
    if (this.#count < period - 1) {
      this.#count += 1;
      this.#sum += value;
      this.#weightedSum += value * this.#count;
      return;
    }
    this.#sum = this.#sum + value - this.#leaving;
    this.#weightedSum += value * period;
    this.#leaving = this.#window[slot] as number;
    this.current[0] = this.#weightedSum / this.#divider;
    this.#weightedSum -= this.#sum;
  }

  override reset(): void {
    super.reset();
    this.#slot = 0;
    this.#count = 0;
    this.#sum = 0;
    this.#weightedSum = 0;
    this.#leaving = 0;
  }
}
