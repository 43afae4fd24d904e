import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";

/** Average true range (Wilder): the true range smoothed over `period` bars, seeded with the mean of the first `period`. */
export function atr(period = 14): Atr {
  return new Atr(period);
}

/** See `atr`. */
export class Atr extends BarIndicator {
  readonly #period: number;
  #count = 0;
  #previousClose = NaN;
  #average = NaN;

  constructor(period: number) {
    super(["value"], wholeNumber("atr", "period", period) + 1);
    this.#period = period;
    this.reset();
  }

  update(bar: Bar): void {
    const { high, low, close } = bar;
    const previousClose = this.#previousClose;
    this.#previousClose = close;
    const period = this.#period;
    if (this.#count > period) {
      this.#average = (this.#average * (period - 1) + trueRange(high, low, previousClose)) / period;
      this.current[0] = this.#average;
      return;
    }
    this.#count += 1;
    if (this.#count === 1) return;
    this.#average += trueRange(high, low, previousClose);
    if (this.#count <= period) return;
    this.#average /= period;
    this.current[0] = this.#average;
  }

  override reset(): void {
    super.reset();
    this.#count = 0;
    this.#previousClose = NaN;
    this.#average = 0;
  }
}

/** The widest of the bar's range and the distances of its high and low from the close before. */
export function trueRange(high: number, low: number, previousClose: number): number {
  const range = high - low;
  const toHigh = Math.abs(previousClose - high);
  const toLow = Math.abs(previousClose - low);
  const wider = toHigh > range ? toHigh : range;
  return toLow > wider ? toLow : wider;
}
