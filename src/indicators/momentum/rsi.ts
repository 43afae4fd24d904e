import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { negligible } from "../zero.ts";

/** Relative strength index (Wilder): the share of gains in all moves, both smoothed over `period` bars; 0 to 100. */
export function rsi(period = 14): Rsi {
  return new Rsi(period);
}

/** See `rsi`. A series that has not moved has RSI 0, as in TA-Lib. */
export class Rsi extends SeriesIndicator {
  readonly #period: number;
  #count = 0;
  #previous = NaN;
  #gain = NaN;
  #loss = NaN;

  constructor(period: number) {
    super(["value"], wholeNumber("rsi", "period", period, { min: 2 }) + 1);
    this.#period = period;
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const period = this.#period;
    const move = value - this.#previous;
    this.#previous = value;
    if (this.#count > period) {
      const loss = this.#loss * (period - 1);
      const gain = this.#gain * (period - 1);
      this.#loss = (move < 0 ? loss - move : loss) / period;
      this.#gain = (move < 0 ? gain : gain + move) / period;
    } else {
      this.#count += 1;
      if (this.#count === 1) return;
      if (move < 0) this.#loss -= move;
      else this.#gain += move;
      if (this.#count <= period) return;
      this.#loss /= period;
      this.#gain /= period;
    }
    const moves = this.#gain + this.#loss;
    this.current[0] = moves < negligible(value) || moves === 0 ? 0 : 100 * (this.#gain / moves);
  }

  override reset(): void {
    super.reset();
    this.#count = 0;
    this.#previous = NaN;
    this.#gain = 0;
    this.#loss = 0;
  }

  protected override run(input: Float64Array, outputs: readonly Float64Array[], from: number, to: number): void {
    const period = this.#period;
    const output = outputs[0] as Float64Array;
    const seeded = Math.min(from + period + 1, to);
    for (let row = from; row < seeded; row += 1) {
      this.next(input[row] as number);
      output[row] = this.current[0] as number;
    }
    if (to === seeded) return;
    let previous = this.#previous;
    let gain = this.#gain;
    let loss = this.#loss;
    for (let row = seeded; row < to; row += 1) {
      const value = input[row] as number;
      const move = value - previous;
      previous = value;
      const lossBefore = loss * (period - 1);
      const gainBefore = gain * (period - 1);
      loss = (move < 0 ? lossBefore - move : lossBefore) / period;
      gain = (move < 0 ? gainBefore : gainBefore + move) / period;
      const moves = gain + loss;
      output[row] = moves < negligible(value) || moves === 0 ? 0 : 100 * (gain / moves);
    }
    this.#previous = previous;
    this.#gain = gain;
    this.#loss = loss;
    this.current[0] = output[to - 1] as number;
  }
}
