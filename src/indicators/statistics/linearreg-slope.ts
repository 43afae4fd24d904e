import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import type { MethodOptions } from "./method.ts";
import { RegressionLine } from "./regression-line.ts";

/** Linear regression slope: the slope per bar of the least-squares line through the last `period` numbers. */
export function linearRegSlope(period = 14, options: MethodOptions = {}): LinearRegSlope {
  return new LinearRegSlope(period, options);
}

/** See `linearRegSlope`. */
export class LinearRegSlope extends SeriesIndicator {
  readonly #line: RegressionLine;

  constructor(period: number, options: MethodOptions = {}) {
    super(["value"], wholeNumber("linearRegSlope", "period", period, { min: 2 }));
    this.#line = new RegressionLine("linearRegSlope", period, options);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (!this.#line.push(value)) return;
    this.current[0] = this.#line.slope;
  }

  override reset(): void {
    super.reset();
    this.#line.reset();
  }
}
