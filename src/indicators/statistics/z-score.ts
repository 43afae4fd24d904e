import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { isRounding, meanOf, squaresOf } from "./deviations.ts";

/** Z-score: how many standard deviations (of the population) the number is from the mean of the last `period`, itself included. */
export function zScore(period = 20): ZScore {
  return new ZScore(period);
}

/** See `zScore`. A series that stands still is at its mean: 0. */
export class ZScore extends SeriesIndicator {
  readonly #window: RollingWindow;

  constructor(period: number) {
    super(["value"], wholeNumber("zScore", "period", period, { min: 2 }));
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
    this.current[0] = isRounding(squares, period, mean) ? 0 : ((values[newest] as number) - mean) / Math.sqrt(squares / period);
  }
}
