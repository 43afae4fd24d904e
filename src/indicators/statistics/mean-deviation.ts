import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { meanOf } from "./deviations.ts";

/** Mean absolute deviation of the last `period` numbers: the mean of their distances from their mean. */
export function meanDeviation(period = 30): MeanDeviation {
  return new MeanDeviation(period);
}

/** See `meanDeviation`. */
export class MeanDeviation extends SeriesIndicator {
  readonly #window: RollingWindow;

  constructor(period: number) {
    super(["value"], wholeNumber("meanDeviation", "period", period));
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
    let distances = 0;
    for (let slot = start; slot < end; slot += 1) distances += Math.abs((values[slot] as number) - mean);
    this.current[0] = distances / period;
  }
}
