import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** The sum of the last `period` numbers. */
export function sum(period = 30): Sum {
  return new Sum(period);
}

/**
 * See `sum`. The running sum carries what rounding cuts off (Neumaier 1974) and so stays right to the last digit however long
 * it runs and whatever has passed through it, where TA-Lib's plain one keeps the loss of a spike for ever.
 */
export class Sum extends SeriesIndicator {
  readonly #window: RollingWindow;
  #total = NaN;
  #carry = NaN;

  constructor(period: number) {
    super(["value"], wholeNumber("sum", "period", period, { min: 2 }));
    this.#window = new RollingWindow(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#window.isFull) this.#add(-this.#window.oldest);
    this.#add(value);
    if (this.#window.push(value)) this.current[0] = this.#total + this.#carry;
  }

  override reset(): void {
    super.reset();
    this.#window.reset();
    this.#total = 0;
    this.#carry = 0;
  }

  #add(value: number): void {
    const before = this.#total;
    const after = before + value;
    this.#carry += Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before;
    this.#total = after;
  }
}
