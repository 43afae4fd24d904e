import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { SlidingMaximum } from "../sliding-extreme.ts";

/** The highest of the last `period` numbers. */
export function max(period = 30): Max {
  return new Max(period);
}

/** See `max`. A NaN makes the extreme NaN until it has left the window. */
export class Max extends SeriesIndicator {
  readonly #highest: SlidingMaximum;
  #wait = 0;

  constructor(period: number) {
    super(["value"], wholeNumber("max", "period", period, { min: 2 }));
    this.#highest = new SlidingMaximum(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#highest.push(value);
    if (this.#wait > 0) this.#wait -= 1;
    else this.current[0] = this.#highest.value;
  }

  override reset(): void {
    super.reset();
    this.#highest.reset();
    this.#wait = this.#highest.period - 1;
  }
}
