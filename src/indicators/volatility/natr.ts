import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { Atr } from "./atr.ts";

/** Normalized average true range: the average true range in percent of the close, which makes markets comparable. */
export function natr(period = 14): Natr {
  return new Natr(period);
}

/** See `natr`. Of a single bar it is `trueRangePercent` (TA-Lib's NATR gives the plain range for that period). At a close of zero it is 0. */
export class Natr extends BarIndicator {
  readonly #average: Atr;

  constructor(period: number) {
    super(["value"], wholeNumber("natr", "period", period, { min: 2 }) + 1);
    this.#average = new Atr(period);
  }

  update(bar: Bar): void {
    this.#average.update(bar);
    const { close } = bar;
    const average = this.#average.value;
    this.current[0] = close === 0 && average >= 0 ? 0 : (average / close) * 100;
  }

  override reset(): void {
    super.reset();
    this.#average.reset();
  }
}
