import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { RegressionLine } from "./regression-line.ts";

/** Standard error of the estimate: how far the last `period` numbers scatter about their least-squares line, √(Σ residual² / (period − 2)). */
export function standardError(period = 14): StandardError {
  return new StandardError(period);
}

/** See `standardError`. */
export class StandardError extends SeriesIndicator {
  readonly #line: RegressionLine;

  constructor(period: number) {
    super(["value"], wholeNumber("standardError", "period", period, { min: 3 }));
    this.#line = new RegressionLine("standardError", period);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#line.push(value)) this.current[0] = Math.sqrt(this.#line.residuals() / (this.#line.period - 2));
  }

  override reset(): void {
    super.reset();
    this.#line.reset();
  }
}
