import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { HighPass } from "./high-pass.ts";

/**
 * Decycler (Ehlers): the series less its swings shorter than `period` bars, which a two-pole high-pass filter finds. It runs
 * from the first number and shows values from bar `period` on.
 */
export function decycler(period = 60): Decycler {
  return new Decycler(period);
}

/** See `decycler`. */
export class Decycler extends SeriesIndicator {
  readonly #swings: HighPass;
  readonly #period: number;
  #count = 0;

  constructor(period: number) {
    super(["value"], wholeNumber("decycler", "period", period, { min: 4 }));
    this.#period = period;
    this.#swings = new HighPass(period);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#count < this.#period) this.#count += 1;
    const trend = value - this.#swings.next(value);
    if (this.#count === this.#period) this.current[0] = trend;
  }

  override reset(): void {
    super.reset();
    this.#swings.reset();
    this.#count = 0;
  }
}
