import type { Bar } from "../../domain/bar.ts";
import { realNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { DEVIATION_LIMITS, TALIB_ZERO, type MethodOptions } from "./method.ts";
import { Variance } from "./variance.ts";

export interface StdDevOptions extends MethodOptions {
  /** How many standard deviations the value is. @default 1 */
  readonly deviations?: number;
}

/** Standard deviation of the last `period` numbers, of the population: the root of their variance, times `deviations`. */
export function stdDev(period = 5, options: StdDevOptions = {}): StdDev {
  return new StdDev(period, options);
}

/** See `stdDev`. */
export class StdDev extends SeriesIndicator {
  readonly #variance: Variance;
  readonly #deviations: number;
  /** Variances below this count as none. */
  readonly #zero: number;

  constructor(period: number, { deviations = 1, method = "exact" }: StdDevOptions = {}) {
    const variance = new Variance(period, { method }, "stdDev");
    super(["value"], variance.warmup);
    this.#variance = variance;
    this.#deviations = realNumber("stdDev", "deviations", deviations, DEVIATION_LIMITS);
    this.#zero = method === "talib" ? TALIB_ZERO : 0;
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#variance.next(value);
    this.#measure();
  }

  override reset(): void {
    super.reset();
    this.#variance.reset();
  }

  #measure(): void {
    const variance = this.#variance.value;
    this.current[0] = variance < this.#zero ? 0 : Math.sqrt(variance) * this.#deviations;
  }
}
