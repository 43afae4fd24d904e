import type { Bar } from "../../domain/bar.ts";
import { Sma } from "../overlap/sma.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/**
 * Detrended price oscillator: the number ⌊period / 2⌋ + 1 bars ago less the simple average of the last `period`. Charts, and
 * Skender's library, draw it back at that earlier bar, where it would know the future; here it stands at the bar that completes
 * it, as in Tulip and LEAN.
 */
export function dpo(period = 20): Dpo {
  return new Dpo(period);
}

/** See `dpo`. */
export class Dpo extends SeriesIndicator {
  readonly #average: Sma;
  readonly #past: RollingWindow;
  #wait = 0;

  constructor(period: number) {
    const back = Math.floor(wholeNumber("dpo", "period", period) / 2) + 1;
    super(["value"], Math.max(period, back + 1));
    this.#average = new Sma(period);
    this.#past = new RollingWindow(back + 1);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#average.next(value);
    this.#past.push(value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.current[0] = this.#past.oldest - this.#average.value;
  }

  override reset(): void {
    super.reset();
    this.#average.reset();
    this.#past.reset();
    this.#wait = Math.max(this.#average.warmup, this.#past.period) - 1;
  }
}
