import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Sma } from "../overlap/sma.ts";
import { wholeNumber } from "../parameters.ts";

/** Periods of the two averages. */
export interface AwesomeOptions {
  /** @default 5 */
  readonly fast?: number;
  /** @default 34 */
  readonly slow?: number;
}

/** Awesome oscillator (Bill Williams): a fast simple average of the bar's middle less a slow one. */
export function awesome(options: AwesomeOptions = {}): Awesome {
  return new Awesome(options);
}

/** See `awesome`. */
export class Awesome extends BarIndicator {
  readonly #fast: Sma;
  readonly #slow: Sma;

  constructor({ fast = 5, slow = 34 }: AwesomeOptions = {}, owner = "awesome") {
    super(["value"], Math.max(wholeNumber(owner, "fast", fast), wholeNumber(owner, "slow", slow)));
    this.#fast = new Sma(fast);
    this.#slow = new Sma(slow);
  }

  update({ high, low }: Bar): void {
    const middle = (high + low) / 2;
    this.#fast.next(middle);
    this.#slow.next(middle);
    this.current[0] = this.#fast.value - this.#slow.value;
  }

  override reset(): void {
    super.reset();
    this.#fast.reset();
    this.#slow.reset();
  }
}
