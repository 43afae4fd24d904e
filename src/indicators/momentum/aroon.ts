import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { SlidingMaximum, SlidingMinimum } from "../sliding-extreme.ts";

export type AroonLine = "up" | "down";

/** Aroon (Chande): how recent the highest high and the lowest low of the last `period` + 1 bars are; 100 is this bar. */
export function aroon(period = 14): Aroon {
  return new Aroon(period);
}

/** See `aroon`. Among equal extremes the latest counts. */
export class Aroon extends BarIndicator<AroonLine> {
  readonly #period: number;
  readonly #factor: number;
  readonly #highest: SlidingMaximum;
  readonly #lowest: SlidingMinimum;
  #wait = 0;

  constructor(period: number) {
    super(["up", "down"], wholeNumber("aroon", "period", period, { min: 2 }) + 1);
    this.#period = period;
    this.#factor = 100 / period;
    this.#highest = new SlidingMaximum(period + 1);
    this.#lowest = new SlidingMinimum(period + 1);
    this.reset();
  }

  get up(): number {
    return this.current[0] as number;
  }

  get down(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    this.#highest.push(bar.high);
    this.#lowest.push(bar.low);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.current[0] = this.#factor * (this.#period - this.#highest.age);
    this.current[1] = this.#factor * (this.#period - this.#lowest.age);
  }

  override reset(): void {
    super.reset();
    this.#highest.reset();
    this.#lowest.reset();
    this.#wait = this.#period;
  }
}
