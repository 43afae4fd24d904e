import type { Bar, BarColumns } from "../../domain/bar.ts";
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

  protected override run(columns: BarColumns, outputs: readonly Float64Array[]): void {
    const { high, low, close, length } = columns;
    const period = this.#period;
    if (length <= period) return super.run(columns, outputs);
    const output = outputs[0] as Float64Array;
    let average = 0;
    let previousClose = close[0] as number;
    output.fill(NaN, 0, period);
    for (let row = 1; row <= period; row += 1) {
      average += trueRange(high[row] as number, low[row] as number, previousClose);
      previousClose = close[row] as number;
    }
    average /= period;
    output[period] = average;
    for (let row = period + 1; row < length; row += 1) {
      average = (average * (period - 1) + trueRange(high[row] as number, low[row] as number, previousClose)) / period;
      previousClose = close[row] as number;
      output[row] = average;
    }
    this.#count = period + 1;
    this.#previousClose = previousClose;
    this.#average = average;
    this.current[0] = average;
  }
}

/** The widest of the bar's range and the distances of its high and low from the close before. */
export function trueRange(high: number, low: number, previousClose: number): number {
  return Math.max(high - low, Math.abs(previousClose - high), Math.abs(previousClose - low));
}
