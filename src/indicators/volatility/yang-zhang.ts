import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { squaresOf } from "../statistics/deviations.ts";
import { annualFactor, type AnnualOptions } from "./annual.ts";

/**
 * Yang-Zhang volatility: that of the gaps between bars plus a weighted mean of that from open to close and Rogers-Satchell's,
 * per bar unless `barsPerYear` is set; the one of its kind that is right with both gaps and a trend.
 */
export function yangZhang(period = 20, options: AnnualOptions = {}): YangZhang {
  return new YangZhang(period, options);
}

/** See `yangZhang`. Bars with a price that is not positive make it NaN until they have left the window. */
export class YangZhang extends BarIndicator {
  readonly #factor: number;
  /** Weight of the variance from open to close. */
  readonly #weight: number;
  readonly #gaps: RollingWindow;
  readonly #bodies: RollingWindow;
  readonly #ranges: RollingWindow;
  #previousClose = NaN;
  #hasBegun = false;

  constructor(period: number, options: AnnualOptions = {}) {
    super(["value"], wholeNumber("yangZhang", "period", period, { min: 2 }) + 1);
    this.#factor = annualFactor("yangZhang", options);
    this.#weight = 0.34 / (1.34 + (period + 1) / (period - 1));
    this.#gaps = new RollingWindow(period);
    this.#bodies = new RollingWindow(period);
    this.#ranges = new RollingWindow(period);
  }

  update({ open, high, low, close }: Bar): void {
    const previousClose = this.#previousClose;
    this.#previousClose = close;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    const isPositive = previousClose > 0 && open > 0 && high > 0 && low > 0 && close > 0;
    this.#gaps.push(isPositive ? Math.log(open / previousClose) : Number.NaN);
    this.#bodies.push(isPositive ? Math.log(close / open) : Number.NaN);
    const range = Math.log(high / close) * Math.log(high / open) + Math.log(low / close) * Math.log(low / open);
    if (this.#ranges.push(isPositive ? range : Number.NaN)) this.current[0] = this.#measure();
  }

  override reset(): void {
    super.reset();
    this.#gaps.reset();
    this.#bodies.reset();
    this.#ranges.reset();
    this.#previousClose = NaN;
    this.#hasBegun = false;
  }

  #measure(): number {
    const { start, end, period } = this.#gaps;
    const gaps = squaresOf(this.#gaps.values, start, end) / (period - 1);
    const bodies = squaresOf(this.#bodies.values, start, end) / (period - 1);
    const ranges = this.#ranges.sum() / period;
    const variance = gaps + this.#weight * bodies + (1 - this.#weight) * ranges;
    return variance < 0 ? 0 : Math.sqrt(variance) * this.#factor;
  }
}
