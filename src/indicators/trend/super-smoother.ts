import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/**
 * Super smoother (Ehlers): a two-pole filter that takes out swings shorter than `period` bars with little lag. It runs from the
 * first number, which it takes for the past, and shows values from bar `period` on.
 */
export function superSmoother(period = 10): SuperSmoother {
  return new SuperSmoother(period);
}

/** See `superSmoother`. */
export class SuperSmoother extends SeriesIndicator {
  readonly #period: number;
  /** Weights of the newest two inputs' mean and of the last two outputs. */
  readonly #c1: number;
  readonly #c2: number;
  readonly #c3: number;
  #count = 0;
  #previous = NaN;
  #last = NaN;
  #beforeLast = NaN;

  constructor(period: number) {
    super(["value"], wholeNumber("superSmoother", "period", period, { min: 2 }));
    this.#period = period;
    const decay = Math.exp((-Math.SQRT2 * Math.PI) / period);
    this.#c2 = 2 * decay * Math.cos((Math.SQRT2 * Math.PI) / period);
    this.#c3 = -decay * decay;
    this.#c1 = 1 - this.#c2 - this.#c3;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const isFirst = this.#count === 0;
    if (this.#count < this.#period) this.#count += 1;
    const previous = isFirst ? value : this.#previous;
    const last = isFirst ? value : this.#last;
    const beforeLast = isFirst ? value : this.#beforeLast;
    const smooth = this.#c1 * ((value + previous) / 2) + this.#c2 * last + this.#c3 * beforeLast;
    this.#previous = value;
    this.#beforeLast = last;
    this.#last = smooth;
    if (this.#count === this.#period) this.current[0] = smooth;
  }

  override reset(): void {
    super.reset();
    this.#count = 0;
    this.#previous = NaN;
    this.#last = NaN;
    this.#beforeLast = NaN;
  }
}
