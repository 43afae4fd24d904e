import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { SlidingRange } from "../sliding-range.ts";

/** Williams' %R: how far the close is below the highest high of the last bars, in percent of their range; −100 to 0. */
export function willr(period = 14): Willr {
  return new Willr(period);
}

/** See `willr`. Bars without range give 0. */
export class Willr extends BarIndicator {
  readonly #range: SlidingRange;

  constructor(period: number) {
    super(["value"], wholeNumber("willr", "period", period, { min: 2 }));
    this.#range = new SlidingRange(period);
  }

  update(bar: Bar): void {
    if (!this.#range.take(bar)) return;
    const { highest, lowest } = this.#range;
    const percent = (highest - lowest) / -100;
    this.current[0] = percent === 0 ? 0 : (highest - bar.close) / percent;
  }

  override reset(): void {
    super.reset();
    this.#range.reset();
  }
}
