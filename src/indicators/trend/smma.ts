import type { Bar } from "../../domain/bar.ts";
import { Ema, type EmaOptions } from "../overlap/ema.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/**
 * Smoothed moving average, also called RMA or Wilder's average: an exponential average with weight 1 / period, seeded with the
 * mean of the first `period` numbers as in Tulip, TA-Lib's ATR and TradingView; ta4j starts from the first number.
 */
export function smma(period = 14, options: EmaOptions = {}): Smma {
  return new Smma(period, options);
}

/** See `smma`. */
export class Smma extends SeriesIndicator {
  readonly #average: Ema;

  constructor(period: number, options: EmaOptions = {}) {
    super(["value"], wholeNumber("smma", "period", period));
    this.#average = new Ema(period, { ...options, weight: 1 / period });
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#average.next(value);
    this.current[0] = this.#average.value;
  }

  override reset(): void {
    super.reset();
    this.#average.reset();
  }
}
