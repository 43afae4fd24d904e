import type { Bar } from "../../domain/bar.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { RegressionLine } from "./regression-line.ts";

export type LinearRegChannelLine = "upper" | "middle" | "lower";

/** Width of the channel. */
export interface LinearRegChannelOptions {
  /** Standard deviations from the middle to either line. @default 2 */
  readonly deviations?: number;
}

/**
 * Linear regression channel: the end of the least-squares line through the last `period` numbers, with lines some standard
 * deviations away; the deviation is that of the numbers about the line, √(Σ residual² / period), as on TradingView.
 */
export function linearRegChannel(period = 100, options: LinearRegChannelOptions = {}): LinearRegChannel {
  return new LinearRegChannel(period, options);
}

/** See `linearRegChannel`. It gives the channel's end at each bar; a chart draws it back along the line's slope. */
export class LinearRegChannel extends SeriesIndicator<LinearRegChannelLine> {
  readonly #deviations: number;
  readonly #line: RegressionLine;

  constructor(period: number, { deviations = 2 }: LinearRegChannelOptions = {}) {
    super(["upper", "middle", "lower"], wholeNumber("linearRegChannel", "period", period, { min: 2 }));
    this.#deviations = realNumber("linearRegChannel", "deviations", deviations, { min: 0.01, max: 1_000 });
    this.#line = new RegressionLine("linearRegChannel", period);
  }

  get upper(): number {
    return this.current[0] as number;
  }

  get middle(): number {
    return this.current[1] as number;
  }

  get lower(): number {
    return this.current[2] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#line.push(value)) this.#measure();
  }

  override reset(): void {
    super.reset();
    this.#line.reset();
  }

  #measure(): void {
    const { slope, intercept, period } = this.#line;
    const middle = intercept + slope * (period - 1);
    const width = this.#deviations * Math.sqrt(this.#line.residuals() / period);
    this.current[0] = middle + width;
    this.current[1] = middle;
    this.current[2] = middle - width;
  }
}
