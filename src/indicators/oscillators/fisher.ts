import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { SlidingMaximum, SlidingMinimum } from "../sliding-extreme.ts";

export type FisherLine = "fisher" | "trigger";

/**
 * Fisher transform (Ehlers): where the bar's middle stands among the middles of the last `period` bars, smoothed and stretched
 * so that its extremes are rare and sharp; `trigger` is the value of the bar before.
 */
export function fisher(period = 10): Fisher {
  return new Fisher(period);
}

/** See `fisher`. It runs from the first bar over as many bars as there are, as Skender's library does, and shows values once the window is full. */
export class Fisher extends BarIndicator<FisherLine> {
  readonly #highest: SlidingMaximum;
  readonly #lowest: SlidingMinimum;
  #position = NaN;
  #fisher = NaN;
  #count = 0;

  constructor(period: number) {
    super(["fisher", "trigger"], wholeNumber("fisher", "period", period, { min: 2 }));
    this.#highest = new SlidingMaximum(period);
    this.#lowest = new SlidingMinimum(period);
    this.reset();
  }

  get fisher(): number {
    return this.current[0] as number;
  }

  get trigger(): number {
    return this.current[1] as number;
  }

  update({ high, low }: Bar): void {
    const middle = (high + low) / 2;
    this.#highest.push(middle);
    this.#lowest.push(middle);
    const lowest = this.#lowest.value;
    const range = this.#highest.value - lowest;
    const position = range === 0 ? 0 : 0.66 * ((middle - lowest) / range - 0.5) + 0.67 * this.#position;
    // Ehlers keeps the position inside ±1, where the transform would be infinite.
    this.#position = position > 0.99 ? 0.999 : position < -0.99 ? -0.999 : position;
    const trigger = this.#fisher;
    this.#fisher = 0.5 * Math.log((1 + this.#position) / (1 - this.#position)) + 0.5 * trigger;
    if (this.#count < this.#highest.period) this.#count += 1;
    if (this.#count < this.#highest.period) return;
    this.current[0] = this.#fisher;
    this.current[1] = trigger;
  }

  override reset(): void {
    super.reset();
    this.#highest.reset();
    this.#lowest.reset();
    this.#position = 0;
    this.#fisher = 0;
    this.#count = 0;
  }
}
