import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import type { MethodOptions } from "./method.ts";
import { RegressionLine } from "./regression-line.ts";

/** Linear regression intercept: the start of the least-squares line through the last `period` numbers: its height at the oldest of them. */
export function linearRegIntercept(period = 14, options: MethodOptions = {}): LinearRegIntercept {
  return new LinearRegIntercept(period, options);
}

/** See `linearRegIntercept`. */
export class LinearRegIntercept extends SeriesIndicator {
  readonly #line: RegressionLine;

  constructor(period: number, options: MethodOptions = {}) {
    super(["value"], wholeNumber("linearRegIntercept", "period", period, { min: 2 }));
    this.#line = new RegressionLine("linearRegIntercept", period, options);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (!this.#line.push(value)) return;
    this.current[0] = this.#line.intercept;
  }

  override reset(): void {
    super.reset();
    this.#line.reset();
  }
}
