import type { Bar } from "../../domain/bar.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { isRounding, meanOf, squaresOf } from "../statistics/deviations.ts";

/** Width of the Bollinger bands. */
export interface PercentBOptions {
  /** Standard deviations from the middle to either band. @default 2 */
  readonly deviations?: number;
}

/** Bollinger's %B: where the price stands between the bands, 0 at the lower and 1 at the upper one. */
export function percentB(period = 20, options: PercentBOptions = {}): PercentB {
  return new PercentB(period, options);
}

/** See `percentB`. Where the bands have no width, the price is in the middle: 0.5. */
export class PercentB extends SeriesIndicator {
  readonly #deviations: number;
  readonly #window: RollingWindow;

  constructor(period: number, { deviations = 2 }: PercentBOptions = {}) {
    super(["value"], wholeNumber("percentB", "period", period, { min: 2 }));
    this.#deviations = realNumber("percentB", "deviations", deviations, { min: 0.01, max: 1_000 });
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
    const { values, newest, start, end, period } = this.#window;
    const mean = meanOf(values, start, end);
    const squares = squaresOf(values, start, end);
    const width = 2 * this.#deviations * Math.sqrt(squares / period);
    this.current[0] = isRounding(squares, period, mean) ? 0.5 : 0.5 + ((values[newest] as number) - mean) / width;
  }
}
