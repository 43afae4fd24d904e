import type { Bar } from "../../domain/bar.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { meanOf, squaresOf } from "../statistics/deviations.ts";

/** Width of the Bollinger bands. */
export interface BandwidthOptions {
  /** Standard deviations from the middle to either band. @default 2 */
  readonly deviations?: number;
}

/** Bollinger's bandwidth: the distance between the bands as a share of the middle one, 0.04 for 4 %. */
export function bandwidth(period = 20, options: BandwidthOptions = {}): Bandwidth {
  return new Bandwidth(period, options);
}

/** See `bandwidth`. Around a middle of zero it is 0. */
export class Bandwidth extends SeriesIndicator {
  readonly #deviations: number;
  readonly #window: RollingWindow;

  constructor(period: number, { deviations = 2 }: BandwidthOptions = {}) {
    super(["value"], wholeNumber("bandwidth", "period", period, { min: 2 }));
    this.#deviations = realNumber("bandwidth", "deviations", deviations, { min: 0.01, max: 1_000 });
    this.#window = new RollingWindow(period);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#window.push(value)) this.#measure();
  }

  override reset(): void {
    super.reset();
    this.#window.reset();
  }

  #measure(): void {
    const { values, start, end, period } = this.#window;
    const middle = meanOf(values, start, end);
    const half = this.#deviations * Math.sqrt(squaresOf(values, start, end) / period);
    this.current[0] = middle === 0 ? 0 : (2 * half) / middle;
  }
}
