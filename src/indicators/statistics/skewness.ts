import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { isRounding, meanOf, squaresOf } from "./deviations.ts";

/**
 * Skewness of the last `period` numbers, adjusted for a sample (Fisher and Pearson's G₁, as in Excel and pandas): positive
 * with a long tail of large numbers, 0 for a symmetric series. Of returns it tells more than of prices: `skewness(50).of(logReturn())`.
 */
export function skewness(period = 30): Skewness {
  return new Skewness(period);
}

/** See `skewness`. A series that stands still has none: 0. */
export class Skewness extends SeriesIndicator {
  readonly #window: RollingWindow;

  constructor(period: number) {
    super(["value"], wholeNumber("skewness", "period", period, { min: 3 }));
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
    const mean = meanOf(values, start, end);
    const squares = squaresOf(values, start, end);
    const deviation = Math.sqrt(squares / period);
    let cubes = 0;
    for (let slot = start; slot < end; slot += 1) {
      const score = ((values[slot] as number) - mean) / deviation;
      cubes += score * score * score;
    }
    const adjustment = Math.sqrt(period * (period - 1)) / (period - 2);
    this.current[0] = isRounding(squares, period, mean) ? 0 : (adjustment * cubes) / period;
  }
}
