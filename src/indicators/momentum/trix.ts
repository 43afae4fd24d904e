import type { Bar } from "../../domain/bar.ts";
import { Ema } from "../overlap/ema.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** TRIX (Hutson): the change from bar to bar, in percent, of an exponential average smoothed three times. */
export function trix(period = 30): Trix {
  return new Trix(period);
}

/** See `trix`. */
export class Trix extends SeriesIndicator {
  readonly #period: number;
  readonly #first: Ema;
  readonly #second: Ema;
  readonly #third: Ema;
  #count = 0;
  #previous = NaN;

  constructor(period: number) {
    super(["value"], 3 * wholeNumber("trix", "period", period) - 1);
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
    const period = this.#period;
    if (this.#count < 3 * period - 1) this.#count += 1;
    this.#first.next(value);
    if (this.#count < period) return;
    this.#second.next(this.#first.value);
    if (this.#count < 2 * period - 1) return;
    this.#third.next(this.#second.value);
    if (this.#count < 3 * period - 2) return;
    const smooth = this.#third.value;
    const previous = this.#previous;
    this.#previous = smooth;
    if (this.#count === 3 * period - 1) this.current[0] = previous === 0 ? 0 : (smooth / previous - 1) * 100;
  }

  override reset(): void {
    super.reset();
    this.#first.reset();
    this.#second.reset();
    this.#third.reset();
    this.#count = 0;
    this.#previous = NaN;
  }
}
