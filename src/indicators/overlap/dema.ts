import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { Ema } from "./ema.ts";

/** Double exponential moving average (Mulloy): twice the exponential average minus the average of itself, for less lag. */
export function dema(period = 30): Dema {
  return new Dema(period);
}

/** See `dema`. */
export class Dema extends SeriesIndicator {
  readonly #first: Ema;
  readonly #second: Ema;
  #wait = 0;

  constructor(period: number) {
    super(["value"], 2 * wholeNumber("dema", "period", period, { min: 2 }) - 1);
    this.#first = new Ema(period);
    this.#second = new Ema(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#first.next(value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.#second.next(this.#first.value);
    this.current[0] = 2 * this.#first.value - this.#second.value;
  }

  override reset(): void {
    super.reset();
    this.#first.reset();
    this.#second.reset();
    this.#wait = this.#first.warmup - 1;
  }
}
