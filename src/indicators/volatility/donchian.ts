import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { SlidingMaximum, SlidingMinimum } from "../sliding-extreme.ts";

export type DonchianLine = "upper" | "middle" | "lower";

/** Donchian channel: the highest high and the lowest low of the last `period` bars, this one included, and their middle. */
export function donchian(period = 20): Donchian {
  return new Donchian(period);
}

/** See `donchian`. A breakout is a close beyond the lines of the bar before, since this bar's own extremes are in its lines. */
export class Donchian extends BarIndicator<DonchianLine> {
  readonly #highest: SlidingMaximum;
  readonly #lowest: SlidingMinimum;
  #wait = 0;

  constructor(period: number) {
    super(["upper", "middle", "lower"], wholeNumber("donchian", "period", period));
    this.#highest = new SlidingMaximum(period);
    this.#lowest = new SlidingMinimum(period);
    this.reset();
  }

  get upper(): number {
    return this.current[0] as number;
  }

  get middle(): number {
    return this.current[1] as number;
  }

  get lower(): number {
    return this.current[2] as number;
  }

  update({ high, low }: Bar): void {
    this.#highest.push(high);
    this.#lowest.push(low);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    const upper = this.#highest.value;
    const lower = this.#lowest.value;
    this.current[0] = upper;
    this.current[1] = (upper + lower) / 2;
    this.current[2] = lower;
  }

  override reset(): void {
    super.reset();
    this.#highest.reset();
    this.#lowest.reset();
    this.#wait = this.#highest.period - 1;
  }
}
