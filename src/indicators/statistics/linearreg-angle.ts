import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import type { MethodOptions } from "./method.ts";
import { RegressionLine } from "./regression-line.ts";

const DEGREES = 180 / Math.PI;

/**
 * Linear regression angle: that of the least-squares line through the last `period` numbers, in degrees, on a chart where a bar
 * is as wide as one unit of price is high. It depends on the price's unit; the slope says the same without that.
 */
export function linearRegAngle(period = 14, options: MethodOptions = {}): LinearRegAngle {
  return new LinearRegAngle(period, options);
}

/** See `linearRegAngle`. */
export class LinearRegAngle extends SeriesIndicator {
  readonly #line: RegressionLine;

  constructor(period: number, options: MethodOptions = {}) {
    super(["value"], wholeNumber("linearRegAngle", "period", period, { min: 2 }));
    this.#line = new RegressionLine("linearRegAngle", period, options);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (!this.#line.push(value)) return;
    const { slope } = this.#line;
    this.current[0] = Math.atan(slope) * DEGREES;
  }

  override reset(): void {
    super.reset();
    this.#line.reset();
  }
}
