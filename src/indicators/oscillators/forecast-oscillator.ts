import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { RegressionLine } from "../statistics/regression-line.ts";

/**
 * Forecast oscillator (Chande): how far the price is from what the regression line of the `period` bars before it foretold, in
 * percent of the price. A price of zero has no percentage: NaN.
 */
export function forecastOscillator(period = 14): ForecastOscillator {
  return new ForecastOscillator(period);
}

/** See `forecastOscillator`. */
export class ForecastOscillator extends SeriesIndicator {
  readonly #line: RegressionLine;
  #forecast = NaN;
  #wait = 0;

  constructor(period: number) {
    super(["value"], wholeNumber("forecastOscillator", "period", period, { min: 2 }) + 1);
    this.#line = new RegressionLine("forecastOscillator", period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#wait > 0) this.#wait -= 1;
    else this.current[0] = value === 0 ? NaN : (100 * (value - this.#forecast)) / value;
    if (this.#line.push(value)) this.#forecast = this.#line.intercept + this.#line.slope * this.#line.period;
  }

  override reset(): void {
    super.reset();
    this.#line.reset();
    this.#forecast = NaN;
    this.#wait = this.#line.period;
  }
}
