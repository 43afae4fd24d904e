import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { SlidingMaximum, SlidingMinimum } from "../sliding-extreme.ts";

export type MinMaxLine = "min" | "max";

/** The lowest and the highest of the last `period` numbers. */
export function minMax(period = 30): MinMax {
  return new MinMax(period);
}

/** See `minMax`. A NaN makes both extremes NaN until it has left the window. */
export class MinMax extends SeriesIndicator<MinMaxLine> {
  readonly #lowest: SlidingMinimum;
  readonly #highest: SlidingMaximum;
  #wait = 0;

  constructor(period: number) {
    super(["min", "max"], wholeNumber("minMax", "period", period, { min: 2 }));
    this.#lowest = new SlidingMinimum(period);
    this.#highest = new SlidingMaximum(period);
    this.reset();
  }

  get min(): number {
    return this.current[0] as number;
  }

  get max(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#lowest.push(value);
    this.#highest.push(value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.current[0] = this.#lowest.value;
    this.current[1] = this.#highest.value;
  }

  override reset(): void {
    super.reset();
    this.#lowest.reset();
    this.#highest.reset();
    this.#wait = this.#lowest.period - 1;
  }
}
