import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";

/** Commodity channel index (Lambert): how many mean deviations (times 0.015) the typical price is from its average. */
export function cci(period = 14): Cci {
  return new Cci(period);
}

/** See `cci`. The deviation is summed anew for each bar, in the order of TA-Lib's buffer. */
export class Cci extends BarIndicator {
  readonly #period: number;
  readonly #window: Float64Array;
  #slot = 0;
  #wait = 0;

  constructor(period: number) {
    super(["value"], wholeNumber("cci", "period", period, { min: 2 }));
    this.#period = period;
    this.#window = new Float64Array(period);
    this.reset();
  }

  update({ high, low, close }: Bar): void {
    const period = this.#period;
    const window = this.#window;
    const price = (high + low + close) / 3;
    window[this.#slot] = price;
    this.#slot = this.#slot + 1 === period ? 0 : this.#slot + 1;
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    let sum = 0;
    for (let index = 0; index < period; index += 1) sum += window[index] as number;
    const mean = sum / period;
    let deviations = 0;
    for (let index = 0; index < period; index += 1) deviations += Math.abs((window[index] as number) - mean);
    const distance = price - mean;
    this.current[0] = distance === 0 || deviations === 0 ? 0 : distance / (0.015 * (deviations / period));
  }

  override reset(): void {
    super.reset();
    this.#slot = 0;
    this.#wait = this.#period - 1;
  }
}
