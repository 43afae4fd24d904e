import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Lag } from "../lag.ts";
import { wholeNumber } from "../parameters.ts";
import { Adx } from "./adx.ts";

/** Average directional movement rating (Wilder): the mean of the average directional index now and `period` − 1 bars ago. */
export function adxr(period = 14): Adxr {
  return new Adxr(period);
}

/** See `adxr`. */
export class Adxr extends BarIndicator {
  readonly #adx: Adx;
  readonly #lag: Lag;
  #wait = 0;

  constructor(period: number) {
    super(["value"], 3 * wholeNumber("adxr", "period", period, { min: 2 }) - 1);
    this.#adx = new Adx(period);
    this.#lag = new Lag(period - 1);
    this.reset();
  }

  update(bar: Bar): void {
    this.#adx.update(bar);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    const now = this.#adx.value;
    this.current[0] = (now + this.#lag.push(now)) / 2;
  }

  override reset(): void {
    super.reset();
    this.#adx.reset();
    this.#lag.reset();
    this.#wait = this.#adx.warmup - 1;
  }
}
