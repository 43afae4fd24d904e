import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";

/** The downward directional movement (Wilder), smoothed over `period` bars; a period of 1 gives each bar's own. */
export function minusDm(period = 14): MinusDm {
  return new MinusDm(period);
}

/** See `minusDm`. It is a sum over the first `period` − 1 moves that loses 1/period with every bar after. */
export class MinusDm extends BarIndicator {
  readonly #period: number;
  #count = 0;
  #high = NaN;
  #low = NaN;
  #sum = NaN;

  constructor(period: number) {
    super(["value"], Math.max(wholeNumber("minusDm", "period", period), 2));
    this.#period = period;
    this.reset();
  }

  update(bar: Bar): void {
    const { high, low } = bar;
    const rise = high - this.#high;
    const fall = this.#low - low;
    this.#high = high;
    this.#low = low;
    const move = fall > 0 && rise < fall ? fall : 0;
    if (this.#period === 1) {
      if (this.#count > 0) this.current[0] = move;
      this.#count = 1;
      return;
    }
    if (this.#count < this.#period) {
      this.#count += 1;
      this.#sum += move;
      if (this.#count < this.#period) return;
    } else {
      this.#sum = this.#sum - this.#sum / this.#period + move;
    }
    this.current[0] = this.#sum;
  }

  override reset(): void {
    super.reset();
    this.#count = 0;
    this.#high = NaN;
    this.#low = NaN;
    this.#sum = 0;
  }
}
