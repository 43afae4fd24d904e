import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/**
 * Center of gravity (Ehlers): where the weight of the last `period` prices lies, counted backwards from the newest, which is −1;
 * it nears −1 when the newest are the highest. Prices that add up to zero balance nowhere: NaN.
 */
export function centerOfGravity(period = 10): CenterOfGravity {
  return new CenterOfGravity(period);
}

/** See `centerOfGravity`. */
export class CenterOfGravity extends SeriesIndicator {
  readonly #window: RollingWindow;

  constructor(period: number) {
    super(["value"], wholeNumber("centerOfGravity", "period", period));
    this.#window = new RollingWindow(period);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (!this.#window.push(value)) return;
    const { values, start, period } = this.#window;
    let weighted = 0;
    let sum = 0;
    for (let age = 1; age <= period; age += 1) {
      const number = values[start + period - age] as number;
      weighted += age * number;
      sum += number;
    }
    this.current[0] = sum === 0 ? NaN : -weighted / sum;
  }

  override reset(): void {
    super.reset();
    this.#window.reset();
  }
}
