import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Simple moving average: the mean of the last `period` numbers. */
export function sma(period = 30): Sma {
  return new Sma(period);
}

/** See `sma`. The running sum adds the new number before it drops the oldest, as TA-Lib's does. */
export class Sma extends SeriesIndicator {
  readonly #period: number;
  readonly #window: Float64Array;
  /** Where the next number goes; once the window is full, the oldest number stands there. */
  #slot = 0;
  #count = 0;
  #total = NaN;

  constructor(period: number) {
    super(["value"], wholeNumber("sma", "period", period));
    this.#period = period;
    this.#window = new Float64Array(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const slot = this.#slot + 1 === this.#period ? 0 : this.#slot + 1;
    this.#window[this.#slot] = value;
    this.#slot = slot;
    this.#total += value;
    if (this.#count < this.#period - 1) {
      this.#count += 1;
      return;
    }
    this.current[0] = this.#total / this.#period;
    this.#total -= this.#window[slot] as number;
  }

  override reset(): void {
    super.reset();
    this.#slot = 0;
    this.#count = 0;
    this.#total = 0;
  }

  protected override run(input: Float64Array, outputs: readonly Float64Array[], from: number, to: number): void {
    const period = this.#period;
    const output = outputs[0] as Float64Array;
    const first = Math.min(from + period - 1, to);
    let total = 0;
    for (let row = from; row < first; row += 1) {
      total += input[row] as number;
      output[row] = NaN;
    }
    for (let row = first, oldest = from; row < to; row += 1, oldest += 1) {
      total += input[row] as number;
      output[row] = total / period;
      total -= input[oldest] as number;
    }
    const kept = input.subarray(Math.max(from, to - period), to);
    this.#window.set(kept);
    this.#slot = kept.length === period ? 0 : kept.length;
    this.#count = Math.min(to - from, period - 1);
    this.#total = total;
    if (to > first) this.current[0] = output[to - 1] as number;
  }
}
