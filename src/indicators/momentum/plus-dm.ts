import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";

/** The upward directional movement (Wilder), smoothed over `period` bars; a period of 1 gives each bar's own. */
export function plusDm(period = 14): PlusDm {
  return new PlusDm(period);
}

/** See `plusDm`. It is a sum over the first `period` − 1 moves that loses 1/period with every bar after. */
export class PlusDm extends BarIndicator {
  readonly #period: number;
  #count = 0;
  #high = NaN;
  #low = NaN;
  #sum = NaN;

  constructor(period: number) {
    super(["value"], Math.max(wholeNumber("plusDm", "period", period), 2));
    this.#period = period;
    this.reset();
  }

  update(bar: Bar): void {
    const { high, low } = bar;
    const rise = high - this.#high;
    const fall = this.#low - low;
    this.#high = high;
    this.#low = low;
    const move = rise > 0 && rise > fall ? rise : 0;
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
