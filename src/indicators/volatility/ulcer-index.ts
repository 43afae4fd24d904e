import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Ulcer index (Martin): the root of the mean squared percentage by which each of the last `period` prices lies below the highest before it. */
export function ulcerIndex(period = 14): UlcerIndex {
  return new UlcerIndex(period);
}

/** See `ulcerIndex`. Only highs within the window count. Prices that are not positive are below nothing. */
export class UlcerIndex extends SeriesIndicator {
  readonly #window: RollingWindow;

  constructor(period: number) {
    super(["value"], wholeNumber("ulcerIndex", "period", period));
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
    let highest = 0;
    let squares = 0;
    for (let slot = start; slot < end; slot += 1) {
      const price = values[slot] as number;
      if (price > highest) highest = price;
      const drop = highest > 0 ? (100 * (price - highest)) / highest : Number.isNaN(price) ? Number.NaN : 0;
      squares += drop * drop;
    }
    this.current[0] = Math.sqrt(squares / period);
  }
}
