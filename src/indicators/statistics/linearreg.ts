import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import type { MethodOptions } from "./method.ts";
import { RegressionLine } from "./regression-line.ts";

/** Linear regression: the end of the least-squares line through the last `period` numbers. */
export function linearReg(period = 14, options: MethodOptions = {}): LinearReg {
  return new LinearReg(period, options);
}

/** See `linearReg`. */
export class LinearReg extends SeriesIndicator {
  readonly #line: RegressionLine;

  constructor(period: number, options: MethodOptions = {}) {
    super(["value"], wholeNumber("linearReg", "period", period, { min: 2 }));
    this.#line = new RegressionLine("linearReg", period, options);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (!this.#line.push(value)) return;
    const { slope, intercept } = this.#line;
    this.current[0] = intercept + slope * (this.#line.period - 1);
  }

  override reset(): void {
    super.reset();
    this.#line.reset();
  }
}
