import type { Bar } from "../../domain/bar.ts";
import { createAverage } from "../overlap/ma.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/**
 * Hull moving average: a weighted average over √period of twice the weighted average of half the period less that of the whole.
 * Half and root are rounded down, as in Skender's and Tulip's libraries; TradingView rounds the half and the root to the nearest.
 */
export function hma(period = 20): Hma {
  return new Hma(period);
}

/** See `hma`. */
export class Hma extends SeriesIndicator {
  readonly #half: SeriesIndicator<string>;
  readonly #whole: SeriesIndicator<string>;
  readonly #smooth: SeriesIndicator<string>;
  #wait = 0;

  constructor(period: number) {
    wholeNumber("hma", "period", period, { min: 2 });
    const root = Math.floor(Math.sqrt(period));
    super(["value"], period + root - 1);
    this.#half = createAverage("hma", "period", "wma", Math.floor(period / 2));
    this.#whole = createAverage("hma", "period", "wma", period);
    this.#smooth = createAverage("hma", "period", "wma", root);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#half.next(value);
    this.#whole.next(value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.#smooth.next(2 * this.#half.value - this.#whole.value);
    this.current[0] = this.#smooth.value;
  }

  override reset(): void {
    super.reset();
    this.#half.reset();
    this.#whole.reset();
    this.#smooth.reset();
    this.#wait = this.#whole.warmup - 1;
  }
}
