import type { Bar } from "../../domain/bar.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Where the weights peak and how steeply they fall off. */
export interface AlmaOptions {
  /** Place of the peak: 0 at the oldest number, 1 at the newest. @default 0.85 */
  readonly offset?: number;
  /** The window is this many standard deviations of the bell curve wide. @default 6 */
  readonly sigma?: number;
}

/** Arnaud Legoux moving average: the last `period` numbers weighted by a bell curve that peaks near the newest. */
export function alma(period = 9, options: AlmaOptions = {}): Alma {
  return new Alma(period, options);
}

/** See `alma`. */
export class Alma extends SeriesIndicator {
  readonly #window: RollingWindow;
  readonly #weights: Float64Array;

  constructor(period: number, { offset = 0.85, sigma = 6 }: AlmaOptions = {}) {
    super(["value"], wholeNumber("alma", "period", period));
    realNumber("alma", "offset", offset, { min: 0, max: 1 });
    realNumber("alma", "sigma", sigma, { min: 0.1, max: 1_000 });
    this.#window = new RollingWindow(period);
    this.#weights = bell(period, offset * (period - 1), period / sigma);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (!this.#window.push(value)) return;
    const { values, start, period } = this.#window;
    const weights = this.#weights;
    let sum = 0;
    for (let place = 0; place < period; place += 1) sum += (weights[place] as number) * (values[start + place] as number);
    this.current[0] = sum;
  }

  override reset(): void {
    super.reset();
    this.#window.reset();
  }
}

/** Weights that add up to 1; a curve so narrow that all of them vanish between two places gives all weight to the nearest. */
function bell(period: number, peak: number, width: number): Float64Array {
  const weights = Float64Array.from({ length: period }, (_, place) => Math.exp(-((place - peak) ** 2) / (2 * width * width)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total > 0) return weights.map((weight) => weight / total);
  weights[Math.round(peak)] = 1;
  return weights;
}
