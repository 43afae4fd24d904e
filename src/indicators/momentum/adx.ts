import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { DirectionalMovement } from "./directional-movement.ts";
import { directionalIndex } from "./dx.ts";

/** Average directional index (Wilder): the strength of a trend, 0 to 100; many take 25 and more for a trend. */
export function adx(period = 14): Adx {
  return new Adx(period);
}

/** See `adx`. It starts from the sum of the first `period` directional indexes divided by `period`. */
export class Adx extends BarIndicator {
  readonly #period: number;
  readonly #movement: DirectionalMovement;
  #count = 0;
  #average = NaN;

  constructor(period: number) {
    super(["value"], 2 * wholeNumber("adx", "period", period, { min: 2 }));
    this.#period = period;
    this.#movement = new DirectionalMovement(period);
    this.reset();
  }

  update(bar: Bar): void {
    const { high, low, close } = bar;
    if (!this.#movement.next(high, low, close)) return;
    const index = directionalIndex(this.#movement, close);
    const period = this.#period;
    if (this.#count === period) {
      if (!Number.isNaN(index)) this.#average = (this.#average * (period - 1) + index) / period;
    } else {
      this.#count += 1;
      if (!Number.isNaN(index)) this.#average += index;
      if (this.#count < period) return;
      this.#average /= period;
    }
    this.current[0] = this.#average;
  }

  override reset(): void {
    super.reset();
    this.#movement.reset();
    this.#count = 0;
    this.#average = 0;
  }
}
