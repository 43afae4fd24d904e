import type { Bar } from "../../domain/bar.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { RegressionLine } from "../statistics/regression-line.ts";
import type { EnvelopeLine } from "./ma-envelope.ts";

export interface RegressionChannelOptions {
  /** Standard errors from the middle to either line. @default 2 */
  readonly deviations?: number;
}

/**
 * Linear regression channel: the end of the least-squares line through the last `period` numbers, and lines some standard errors
 * away, the error being the root of the mean squared distance of the numbers from the line.
 */
export function regressionChannel(period = 100, options: RegressionChannelOptions = {}): RegressionChannel {
  return new RegressionChannel(period, options);
}

/** See `regressionChannel`. A chart draws the newest channel back over old bars; these are the ends of all channels as they were known. */
export class RegressionChannel extends SeriesIndicator<EnvelopeLine> {
  readonly #line: RegressionLine;
  readonly #deviations: number;

  constructor(period: number, { deviations = 2 }: RegressionChannelOptions = {}) {
    super(["upper", "middle", "lower"], wholeNumber("regressionChannel", "period", period, { min: 2 }));
    this.#line = new RegressionLine("regressionChannel", period);
    this.#deviations = realNumber("regressionChannel", "deviations", deviations, { min: 0.01, max: 1_000 });
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
    if (!this.#line.push(value)) return;
    const { slope, intercept, period, window } = this.#line;
    const { values, start } = window;
    let squares = 0;
    for (let place = 0; place < period; place += 1) squares += ((values[start + place] as number) - (intercept + slope * place)) ** 2;
    const middle = intercept + slope * (period - 1);
    const width = this.#deviations * Math.sqrt(squares / period);
    this.current[0] = middle + width;
    this.current[1] = middle;
    this.current[2] = middle - width;
  }

  override reset(): void {
    super.reset();
    this.#line.reset();
  }
}
