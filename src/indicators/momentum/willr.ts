import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { SlidingMaximum, SlidingMinimum } from "../sliding-extreme.ts";

/** Williams' %R: how far the close is below the highest high of the last bars, in percent of their range; −100 to 0. */
export function willr(period = 14): Willr {
  return new Willr(period);
}

/** See `willr`. Bars without range give 0. */
export class Willr extends BarIndicator {
  readonly #highest: SlidingMaximum;
  readonly #lowest: SlidingMinimum;
  #wait = 0;

  constructor(period: number) {
    super(["value"], wholeNumber("willr", "period", period, { min: 2 }));
    this.#highest = new SlidingMaximum(period);
    this.#lowest = new SlidingMinimum(period);
    this.reset();
  }

  update({ high, low, close }: Bar): void {
    this.#highest.push(high);
    this.#lowest.push(low);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    const highest = this.#highest.value;
    const percent = (highest - this.#lowest.value) / -100;
    this.current[0] = percent === 0 ? 0 : (highest - close) / percent;
  }

  override reset(): void {
    super.reset();
    this.#highest.reset();
    this.#lowest.reset();
    this.#wait = this.#highest.period - 1;
  }
}
