import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { SlidingMaximum, SlidingMinimum } from "../sliding-extreme.ts";

/**
 * Vertical horizontal filter (White): the span between the highest and the lowest of the last `period` numbers over the way
 * travelled in as many steps; near 1 in a trend, small in a range, 0 where nothing moves.
 */
export function vhf(period = 28): Vhf {
  return new Vhf(period);
}

/** See `vhf`. The extremes are those of `period` numbers and the way has `period` steps, as in Achelis' example and Tulip. */
export class Vhf extends SeriesIndicator {
  readonly #highest: SlidingMaximum;
  readonly #lowest: SlidingMinimum;
  readonly #steps: RollingWindow;
  #previous = NaN;
  #hasBegun = false;

  constructor(period: number) {
    super(["value"], wholeNumber("vhf", "period", period) + 1);
    this.#highest = new SlidingMaximum(period);
    this.#lowest = new SlidingMinimum(period);
    this.#steps = new RollingWindow(period);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const step = Math.abs(value - this.#previous);
    this.#previous = value;
    this.#highest.push(value);
    this.#lowest.push(value);
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    if (!this.#steps.push(step)) return;
    const way = this.#steps.sum();
    this.current[0] = way === 0 ? 0 : (this.#highest.value - this.#lowest.value) / way;
  }

  override reset(): void {
    super.reset();
    this.#highest.reset();
    this.#lowest.reset();
    this.#steps.reset();
    this.#previous = NaN;
    this.#hasBegun = false;
  }
}
