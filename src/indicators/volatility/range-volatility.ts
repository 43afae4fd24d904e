import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { annualFactor, type AnnualOptions } from "./annual.ts";

/**
 * A volatility read from the ranges of single bars: the root of the mean of what each bar estimates as its variance.
 * A subclass writes `variance`. Bars with a price that is not positive make it NaN until they have left the window.
 */
export abstract class RangeVolatility extends BarIndicator {
  readonly #factor: number;
  readonly #variances: RollingWindow;

  protected constructor(name: string, period: number, options: AnnualOptions) {
    super(["value"], wholeNumber(name, "period", period));
    this.#factor = annualFactor(name, options);
    this.#variances = new RollingWindow(period);
  }

  /** What one bar tells of the variance of a bar. */
  protected abstract variance(bar: Bar): number;

  update(bar: Bar): void {
    const variance = bar.low > 0 ? this.variance(bar) : Number.NaN;
    if (!this.#variances.push(Number.isFinite(variance) ? variance : Number.NaN)) return;
    const mean = this.#variances.sum() / this.#variances.period;
    this.current[0] = mean < 0 ? 0 : Math.sqrt(mean) * this.#factor;
  }

  override reset(): void {
    super.reset();
    this.#variances.reset();
  }
}
