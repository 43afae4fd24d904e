import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SlidingRange } from "../sliding-range.ts";
import { meanOf, squaresOf } from "../statistics/deviations.ts";
import { RegressionLine } from "../statistics/regression-line.ts";
import { trueRange } from "../volatility/atr.ts";

export type SqueezeLine = "momentum" | "squeezed";

/** Widths of the two channels. */
export interface SqueezeOptions {
  /** Standard deviations of the Bollinger band. @default 2 */
  readonly deviations?: number;
  /** Mean true ranges of the Keltner channel. @default 1.5 */
  readonly multiplier?: number;
}

/**
 * Squeeze (John Carter's TTM squeeze, in the form that is common on TradingView): `squeezed` is 1 while the Bollinger band lies
 * inside the Keltner channel and 0 otherwise; `momentum` is the end of the regression line through the distances of the close
 * from the mean of its average and the middle of its range.
 */
export function squeeze(period = 20, options: SqueezeOptions = {}): Squeeze {
  return new Squeeze(period, options);
}

/** See `squeeze`. The Keltner channel takes simple averages of close and true range; the first bar's range is high − low. */
export class Squeeze extends BarIndicator<SqueezeLine> {
  readonly #deviations: number;
  readonly #multiplier: number;
  readonly #closes: RollingWindow;
  readonly #ranges: RollingWindow;
  readonly #extremes: SlidingRange;
  readonly #line: RegressionLine;
  #previousClose = NaN;
  #hasBegun = false;

  constructor(period: number, { deviations = 2, multiplier = 1.5 }: SqueezeOptions = {}) {
    super(["momentum", "squeezed"], 2 * wholeNumber("squeeze", "period", period, { min: 2 }) - 1);
    this.#deviations = realNumber("squeeze", "deviations", deviations, { min: 0.01, max: 1_000 });
    this.#multiplier = realNumber("squeeze", "multiplier", multiplier, { min: 0.01, max: 1_000 });
    this.#closes = new RollingWindow(period);
    this.#ranges = new RollingWindow(period);
    this.#extremes = new SlidingRange(period);
    this.#line = new RegressionLine("squeeze", period);
  }

  get momentum(): number {
    return this.current[0] as number;
  }

  get squeezed(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    const { high, low, close } = bar;
    this.#ranges.push(this.#hasBegun ? trueRange(high, low, this.#previousClose) : high - low);
    this.#hasBegun = true;
    this.#previousClose = close;
    this.#extremes.take(bar);
    if (!this.#closes.push(close)) return;
    const { values, start, end, period } = this.#closes;
    const mean = meanOf(values, start, end);
    const middle = (this.#extremes.highest + this.#extremes.lowest) / 2;
    if (!this.#line.push(close - (middle + mean) / 2)) return;
    const band = this.#deviations * Math.sqrt(squaresOf(values, start, end) / period);
    const channel = (this.#multiplier * this.#ranges.sum()) / period;
    this.current[0] = this.#line.intercept + this.#line.slope * (period - 1);
    this.current[1] = band < channel ? 1 : 0;
  }

  override reset(): void {
    super.reset();
    this.#closes.reset();
    this.#ranges.reset();
    this.#extremes.reset();
    this.#line.reset();
    this.#previousClose = NaN;
    this.#hasBegun = false;
  }
}
