import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { moneyFlowVolume } from "./money-flow.ts";

/** Periods of the two exponential averages. */
export interface AdOscOptions {
  /** @default 3 */
  readonly fast?: number;
  /** @default 10 */
  readonly slow?: number;
}

/** Chaikin oscillator: a fast exponential average of the accumulation/distribution line minus a slow one. */
export function adOsc(options: AdOscOptions = {}): AdOsc {
  return new AdOsc(options);
}

/** See `adOsc`. Both averages start from the first bar's line, as in TA-Lib, which takes them as named, also when fast is the slower. */
export class AdOsc extends BarIndicator {
  readonly #fastWeight: number;
  readonly #slowWeight: number;
  #wait = 0;
  #line = NaN;
  #fast = NaN;
  #slow = NaN;

  constructor({ fast = 3, slow = 10 }: AdOscOptions = {}) {
    super(["value"], Math.max(wholeNumber("adOsc", "fast", fast, { min: 2 }), wholeNumber("adOsc", "slow", slow, { min: 2 })));
    this.#fastWeight = 2 / (fast + 1);
    this.#slowWeight = 2 / (slow + 1);
    this.reset();
  }

  update({ high, low, close, volume }: Bar): void {
    const isFirst = this.#wait === this.warmup;
    const line = this.#line + moneyFlowVolume(high, low, close, volume);
    this.#line = line;
    this.#fast = isFirst ? line : this.#fastWeight * line + (1 - this.#fastWeight) * this.#fast;
    this.#slow = isFirst ? line : this.#slowWeight * line + (1 - this.#slowWeight) * this.#slow;
    if (this.#wait > 0) this.#wait -= 1;
    if (this.#wait === 0) this.current[0] = this.#fast - this.#slow;
  }

  override reset(): void {
    super.reset();
    this.#wait = this.warmup;
    this.#line = 0;
    this.#fast = NaN;
    this.#slow = NaN;
  }
}
