import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { isRounding, meanOf, squaresOf } from "./deviations.ts";

/**
 * Excess kurtosis of the last `period` numbers, adjusted for a sample (G₂, as in Excel and pandas): positive with tails heavier
 * than those of a normal distribution, which has 0. Of returns it tells more than of prices: `kurtosis(50).of(logReturn())`.
 */
export function kurtosis(period = 30): Kurtosis {
  return new Kurtosis(period);
}

/** See `kurtosis`. A series that stands still has none: 0. */
export class Kurtosis extends SeriesIndicator {
  readonly #window: RollingWindow;

  constructor(period: number) {
    super(["value"], wholeNumber("kurtosis", "period", period, { min: 4 }));
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
    let fourths = 0;
    for (let slot = start; slot < end; slot += 1) fourths += (((values[slot] as number) - mean) / deviation) ** 4;
    const excess = fourths / period - 3;
    const adjusted = ((period - 1) / ((period - 2) * (period - 3))) * ((period + 1) * excess + 6);
    this.current[0] = isRounding(squares, period, mean) ? 0 : adjusted;
  }
}
