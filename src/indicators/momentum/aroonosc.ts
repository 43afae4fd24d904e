import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { SlidingMaximum, SlidingMinimum } from "../sliding-extreme.ts";

/** Aroon oscillator (Chande): Aroon up minus Aroon down, −100 to 100. */
export function aroonOsc(period = 14): AroonOsc {
  return new AroonOsc(period);
}

/** See `aroonOsc`. */
export class AroonOsc extends BarIndicator {
  readonly #factor: number;
  readonly #highest: SlidingMaximum;
  readonly #lowest: SlidingMinimum;
  #wait = 0;

  constructor(period: number) {
    super(["value"], wholeNumber("aroonOsc", "period", period, { min: 2 }) + 1);
    this.#factor = 100 / period;
    this.#highest = new SlidingMaximum(period + 1);
    this.#lowest = new SlidingMinimum(period + 1);
    this.reset();
  }

  update(bar: Bar): void {
    this.#highest.push(bar.high);
    this.#lowest.push(bar.low);
    if (this.#wait > 0) this.#wait -= 1;
    else this.current[0] = this.#factor * (this.#lowest.age - this.#highest.age);
  }

  override reset(): void {
    super.reset();
    this.#highest.reset();
    this.#lowest.reset();
    this.#wait = this.#highest.period - 1;
  }
}
