import type { Bar } from "../../domain/bar.ts";
import { createAverage, type Average } from "../overlap/ma.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

export interface DisparityOptions {
  /** @default "sma" */
  readonly average?: Average;
}

/** Disparity index (Nison; also called bias): how far a number is from its moving average, in percent of the average; NaN for an average of zero. */
export function disparity(period = 14, options: DisparityOptions = {}): Disparity {
  return new Disparity(period, options);
}

/** See `disparity`. */
export class Disparity extends SeriesIndicator {
  readonly #average: SeriesIndicator<string>;

  constructor(period: number, { average = "sma" }: DisparityOptions = {}) {
    const inner = createAverage("disparity", "average", average, wholeNumber("disparity", "period", period));
    super(["value"], inner.warmup);
    this.#average = inner;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#average.next(value);
    const average = this.#average.value;
    this.current[0] = average === 0 ? NaN : (100 * (value - average)) / average;
  }

  override reset(): void {
    super.reset();
    this.#average.reset();
  }
}
