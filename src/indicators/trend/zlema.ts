import type { Bar } from "../../domain/bar.ts";
import { Ema, type EmaOptions } from "../overlap/ema.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/**
 * Zero-lag exponential moving average (Ehlers and Way): an exponential average of each number plus its change over the average's
 * own lag of (period − 1) / 2 bars, rounded down.
 */
export function zlema(period = 20, options: EmaOptions = {}): Zlema {
  return new Zlema(period, options);
}

/** See `zlema`. */
export class Zlema extends SeriesIndicator {
  readonly #average: Ema;
  /** The number `lag` steps back stands at its start. */
  readonly #past: RollingWindow;

  constructor(period: number, options: EmaOptions = {}) {
    const lag = Math.floor((wholeNumber("zlema", "period", period) - 1) / 2);
    super(["value"], period + lag);
    this.#average = new Ema(period, options);
    this.#past = new RollingWindow(lag + 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (!this.#past.push(value)) return;
    this.#average.next(value + (value - this.#past.oldest));
    this.current[0] = this.#average.value;
  }

  override reset(): void {
    super.reset();
    this.#average.reset();
    this.#past.reset();
  }
}
