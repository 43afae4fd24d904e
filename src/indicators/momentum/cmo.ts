import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { SeriesZero } from "../zero.ts";
import { WilderMoves } from "./wilder-moves.ts";

/** Chande momentum oscillator: gains minus losses as a share of all moves, −100 to 100, smoothed by Wilder's rule as in TA-Lib. */
export function cmo(period = 14): Cmo {
  return new Cmo(period);
}

/** See `cmo`. A series that has not moved is at 0. */
export class Cmo extends SeriesIndicator {
  readonly #moves: WilderMoves;
  readonly #zero = new SeriesZero();

  constructor(period: number) {
    super(["value"], wholeNumber("cmo", "period", period, { min: 2 }) + 1);
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
    this.current[0] = sum < this.#zero.amount || sum === 0 ? 0 : 100 * ((gain - loss) / sum);
  }

  override reset(): void {
    super.reset();
    this.#zero.reset();
    this.#moves.reset();
  }
}
