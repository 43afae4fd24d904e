import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { SlidingMinimum } from "../sliding-extreme.ts";

/** The lowest of the last `period` numbers. */
export function min(period = 30): Min {
  return new Min(period);
}

/** See `min`. A NaN makes the extreme NaN until it has left the window. */
export class Min extends SeriesIndicator {
  readonly #lowest: SlidingMinimum;
  #wait = 0;

  constructor(period: number) {
    super(["value"], wholeNumber("min", "period", period, { min: 2 }));
    this.#lowest = new SlidingMinimum(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#lowest.push(value);
    if (this.#wait > 0) this.#wait -= 1;
    else this.current[0] = this.#lowest.value;
  }

  override reset(): void {
    super.reset();
    this.#lowest.reset();
    this.#wait = this.#lowest.period - 1;
  }
}
