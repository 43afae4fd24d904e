import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Triangular moving average: weights rise to the middle of the window and fall again; the average of an average. */
export function trima(period = 30): Trima {
  return new Trima(period);
}

/** See `trima`. The sums of the older and the newer half move the weighted sum along, in TA-Lib's order. */
export class Trima extends SeriesIndicator {
  readonly #period: number;
  readonly #half: number;
  readonly #factor: number;
  readonly #window: Float64Array;
  #slot = 0;
  #count = 0;
  #weightedSum = NaN;
  #olderSum = NaN;
  #newerSum = NaN;

  constructor(period: number) {
    super(["value"], wholeNumber("trima", "period", period, { min: 2 }));
    this.#period = period;
    this.#half = Math.floor(period / 2);
    this.#factor = 1 / (period % 2 === 1 ? (this.#half + 1) ** 2 : this.#half * (this.#half + 1));
    this.#window = new Float64Array(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const oldest = this.#window[this.#slot] as number;
    this.#window[this.#slot] = value;
    this.#slot = this.#slot + 1 === this.#period ? 0 : this.#slot + 1;
    if (this.#count < this.#period) {
      this.#count += 1;
      if (this.#count < this.#period) return;
      this.#fill();
    } else if (this.#period % 2 === 1) {
      const middle = this.#at(this.#half);
      this.#weightedSum -= this.#olderSum;
      this.#olderSum = this.#olderSum - oldest + middle;
      this.#weightedSum += this.#newerSum;
      this.#newerSum = this.#newerSum - middle + value;
      this.#weightedSum += value;
    } else {
      const middle = this.#at(this.#half - 1);
      this.#weightedSum -= this.#olderSum;
      this.#olderSum = this.#olderSum - oldest + middle;
      this.#newerSum -= middle;
      this.#weightedSum += this.#newerSum;
      this.#newerSum += value;
      this.#weightedSum += value;
    }
    this.current[0] = this.#weightedSum * this.#factor;
  }

  override reset(): void {
    super.reset();
    this.#slot = 0;
    this.#count = 0;
    this.#weightedSum = 0;
    this.#olderSum = 0;
    this.#newerSum = 0;
  }

  /** The number at a place in the window, 0 for the oldest. */
  #at(place: number): number {
    const index = this.#slot + place;
    return this.#window[index >= this.#period ? index - this.#period : index] as number;
  }

  /** The sums of the first full window. */
  #fill(): void {
    const newest = this.#period - 1;
    const middle = this.#period % 2 === 1 ? this.#half : this.#half - 1;
    for (let place = middle; place >= 0; place -= 1) {
      this.#olderSum += this.#at(place);
      this.#weightedSum += this.#olderSum;
    }
    for (let place = middle + 1; place <= newest; place += 1) {
      this.#newerSum += this.#at(place);
      this.#weightedSum += this.#newerSum;
    }
  }
}
