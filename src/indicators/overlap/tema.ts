import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { Ema } from "./ema.ts";

/** Triple exponential moving average (Mulloy): 3·e₁ − 3·e₂ + e₃, where each is the exponential average of the one before. */
export function tema(period = 30): Tema {
  return new Tema(period);
}

/** See `tema`. */
export class Tema extends SeriesIndicator {
  readonly #first: Ema;
  readonly #second: Ema;
  readonly #third: Ema;
  readonly #period: number;
  #count = 0;

  constructor(period: number) {
    super(["value"], 3 * wholeNumber("tema", "period", period, { min: 2 }) - 2);
    this.#period = period;
    this.#first = new Ema(period);
    this.#second = new Ema(period);
    this.#third = new Ema(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#first.next(value);
    if (this.#count < 2 * this.#period - 2) {
      this.#count += 1;
      if (this.#count >= this.#period) this.#second.next(this.#first.value);
      return;
    }
    const first = this.#first.value;
    this.#second.next(first);
    const second = this.#second.value;
    this.#third.next(second);
    this.current[0] = this.#third.value + (3 * first - 3 * second);
  }

  override reset(): void {
    super.reset();
    this.#first.reset();
    this.#second.reset();
    this.#third.reset();
    this.#count = 0;
  }
}
