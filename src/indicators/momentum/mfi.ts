import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Lag } from "../lag.ts";
import { realNumber, wholeNumber } from "../parameters.ts";

/** What counts as no trading. */
export interface MfiOptions {
  /**
   * A window whose money flow (typical price times volume) is below this counts as one without trading and gives 0. TA-Lib's 1
   * is too much where prices and quantities are small, as for a coin quoted in bitcoin: give 0 there. @default 1
   */
  readonly minimumFlow?: number;
}

/** Money flow index (Quong and Soudack): a relative strength index of typical price times volume, 0 to 100. */
export function mfi(period = 14, options: MfiOptions = {}): Mfi {
  return new Mfi(period, options);
}

/** See `mfi`. */
export class Mfi extends BarIndicator {
  readonly #period: number;
  readonly #minimumFlow: number;
  readonly #positives: Lag;
  readonly #negatives: Lag;
  #count = 0;
  #previous = NaN;
  #positive = NaN;
  #negative = NaN;

  constructor(period: number, { minimumFlow = 1 }: MfiOptions = {}) {
    super(["value"], wholeNumber("mfi", "period", period, { min: 2 }) + 1);
    this.#period = period;
    this.#minimumFlow = realNumber("mfi", "minimumFlow", minimumFlow, { min: 0 });
    this.#positives = new Lag(period);
    this.#negatives = new Lag(period);
    this.reset();
  }

  update({ high, low, close, volume }: Bar): void {
    const price = (high + low + close) / 3;
    const move = price - this.#previous;
    this.#previous = price;
    if (this.#count <= this.#period) this.#count += 1;
    if (this.#count === 1) return;
    const flow = price * volume;
    const positive = move > 0 ? flow : 0;
    const negative = move < 0 ? flow : 0;
    const leavingPositive = this.#positives.push(positive);
    const leavingNegative = this.#negatives.push(negative);
    if (!Number.isNaN(leavingPositive)) {
      this.#positive -= leavingPositive;
      this.#negative -= leavingNegative;
    }
    this.#positive += positive;
    this.#negative += negative;
    if (this.#count <= this.#period) return;
    const sum = this.#positive + this.#negative;
    this.current[0] = sum < this.#minimumFlow || sum === 0 ? 0 : 100 * (this.#positive / sum);
  }

  override reset(): void {
    super.reset();
    this.#positives.reset();
    this.#negatives.reset();
    this.#count = 0;
    this.#previous = NaN;
    this.#positive = 0;
    this.#negative = 0;
  }
}
