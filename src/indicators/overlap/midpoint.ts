import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { SlidingMaximum, SlidingMinimum } from "../sliding-extreme.ts";

/** Half way between the highest and the lowest number of the last `period`. */
export function midpoint(period = 14): Midpoint {
  return new Midpoint(period);
}

/** See `midpoint`. */
export class Midpoint extends SeriesIndicator {
  readonly #highest: SlidingMaximum;
  readonly #lowest: SlidingMinimum;
  #wait = 0;

  constructor(period: number) {
    super(["value"], wholeNumber("midpoint", "period", period, { min: 2 }));
    this.#highest = new SlidingMaximum(period);
    this.#lowest = new SlidingMinimum(period);
    this.#wait = period - 1;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#highest.push(value);
    this.#lowest.push(value);
    if (this.#wait > 0) this.#wait -= 1;
    else this.current[0] = (this.#highest.value + this.#lowest.value) / 2;
  }

  override reset(): void {
    super.reset();
    this.#highest.reset();
    this.#lowest.reset();
    this.#wait = this.#highest.period - 1;
  }
}
