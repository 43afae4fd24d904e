import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { SlidingRange } from "../sliding-range.ts";

/** Half way between the highest high and the lowest low of the last `period` bars. */
export function midprice(period = 14): Midprice {
  return new Midprice(period);
}

/** See `midprice`. */
export class Midprice extends BarIndicator {
  readonly #range: SlidingRange;

  constructor(period: number) {
    super(["value"], wholeNumber("midprice", "period", period, { min: 2 }));
    this.#range = new SlidingRange(period);
  }

  update(bar: Bar): void {
    if (this.#range.take(bar)) this.current[0] = (this.#range.highest + this.#range.lowest) / 2;
  }

  override reset(): void {
    super.reset();
    this.#range.reset();
  }
}
