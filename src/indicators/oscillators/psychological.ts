import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Psychological line: the share of rising bars among the last `period`, in percent. */
export function psychological(period = 12): Psychological {
  return new Psychological(period);
}

/** See `psychological`. */
export class Psychological extends SeriesIndicator {
  readonly #rises: RollingWindow;
  #previous = NaN;
  #hasBegun = false;

  constructor(period: number) {
    super(["value"], wholeNumber("psychological", "period", period) + 1);
    this.#rises = new RollingWindow(period);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const move = value - this.#previous;
    this.#previous = value;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    if (this.#rises.push(move > 0 ? 1 : Number.isNaN(move) ? NaN : 0)) this.current[0] = (100 * this.#rises.sum()) / this.#rises.period;
  }

  override reset(): void {
    super.reset();
    this.#rises.reset();
    this.#previous = NaN;
    this.#hasBegun = false;
  }
}
