import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { SlidingMaximum, SlidingMinimum } from "../sliding-extreme.ts";

/** Half way between the highest high and the lowest low of the last `period` bars. */
export function midprice(period = 14): Midprice {
  return new Midprice(period);
}

/** See `midprice`. */
export class Midprice extends BarIndicator {
  readonly #highest: SlidingMaximum;
  readonly #lowest: SlidingMinimum;
  #wait = 0;

  constructor(period: number) {
    super(["value"], wholeNumber("midprice", "period", period, { min: 2 }));
    this.#highest = new SlidingMaximum(period);
    this.#lowest = new SlidingMinimum(period);
    this.#wait = period - 1;
  }

  update(bar: Bar): void {
    this.#highest.push(bar.high);
    this.#lowest.push(bar.low);
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
