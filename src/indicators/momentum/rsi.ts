import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { SeriesZero } from "../zero.ts";
import { WilderMoves } from "./wilder-moves.ts";

/** Relative strength index (Wilder): the share of gains in all moves, both smoothed over `period` bars; 0 to 100. */
export function rsi(period = 14): Rsi {
  return new Rsi(period);
}

/** See `rsi`. A series that has not moved has RSI 0, as in TA-Lib. */
export class Rsi extends SeriesIndicator {
  readonly #period: number;
  readonly #moves: WilderMoves;
  readonly #zero = new SeriesZero();

  constructor(period: number) {
    super(["value"], wholeNumber("rsi", "period", period, { min: 2 }) + 1);
    this.#period = period;
    this.#moves = new WilderMoves(period);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#zero.see(value);
    if (!this.#moves.next(value)) return;
    const { gain, loss } = this.#moves;
    const sum = gain + loss;
    this.current[0] = sum < this.#zero.amount || sum === 0 ? 0 : 100 * (gain / sum);
  }

  override reset(): void {
    super.reset();
    this.#moves.reset();
    this.#zero.reset();
  }

  protected override run(input: Float64Array, outputs: readonly Float64Array[], from: number, to: number): void {
    const period = this.#period;
    const moves = this.#moves;
    const output = outputs[0] as Float64Array;
    let row = from;
    for (; row < to && (row <= from + period || !this.#zero.isSettled); row += 1) {
      this.next(input[row] as number);
      output[row] = this.current[0] as number;
    }
    const zero = this.#zero.amount;
    let { previous, gain, loss } = moves;
    for (; row < to; row += 1) {
      const value = input[row] as number;
      const move = value - previous;
      const size = Math.abs(move);
      previous = value;
      gain = (gain * (period - 1) + 0.5 * (size + move)) / period;
      loss = (loss * (period - 1) + 0.5 * (size - move)) / period;
      const sum = gain + loss;
      output[row] = sum < zero || sum === 0 ? 0 : 100 * (gain / sum);
    }
    moves.previous = previous;
    moves.gain = gain;
    moves.loss = loss;
    if (to > from) this.current[0] = output[to - 1] as number;
  }
}
