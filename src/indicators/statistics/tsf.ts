import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import type { MethodOptions } from "./method.ts";
import { RegressionLine } from "./regression-line.ts";

/** Time series forecast: the least-squares line through the last `period` numbers, drawn on to the next bar. */
export function tsf(period = 14, options: MethodOptions = {}): Tsf {
  return new Tsf(period, options);
}

/** See `tsf`. */
export class Tsf extends SeriesIndicator {
  readonly #line: RegressionLine;

  constructor(period: number, options: MethodOptions = {}) {
    super(["value"], wholeNumber("tsf", "period", period, { min: 2 }));
    this.#line = new RegressionLine("tsf", period, options);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (!this.#line.push(value)) return;
    const { slope, intercept } = this.#line;
    this.current[0] = intercept + slope * this.#line.period;
  }

  override reset(): void {
    super.reset();
    this.#line.reset();
  }
}
