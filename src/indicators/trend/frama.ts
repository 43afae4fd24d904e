import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SlidingMaximum, SlidingMinimum } from "../sliding-extreme.ts";

/**
 * Fractal adaptive moving average (Ehlers): an exponential average of the bar's middle, slow where the price fills its range and
 * fast where it crosses it in a line. It starts from the middle of bar `period`. The period is even.
 */
export function frama(period = 16): Frama {
  return new Frama(period);
}

/** See `frama`. The weight is exp(−4.6 · (dimension − 1)), held between 0.01 and 1. */
export class Frama extends BarIndicator {
  readonly #half: number;
  readonly #highest: SlidingMaximum;
  readonly #lowest: SlidingMinimum;
  /** Ranges of half a window, of which the oldest is that of the older half. */
  readonly #ranges: RollingWindow;
  #count = 0;
  #longHighest: SlidingMaximum;
  #longLowest: SlidingMinimum;
  #dimension = NaN;
  #average = NaN;

  constructor(period: number) {
    super(["value"], wholeNumber("frama", "period", period, { min: 2 }));
    this.#half = wholeNumber("frama", "half the period", period / 2);
    this.#highest = new SlidingMaximum(this.#half);
    this.#lowest = new SlidingMinimum(this.#half);
    this.#longHighest = new SlidingMaximum(period);
    this.#longLowest = new SlidingMinimum(period);
    this.#ranges = new RollingWindow(this.#half + 1);
    this.reset();
  }

  update({ high, low }: Bar): void {
    this.#highest.push(high);
    this.#lowest.push(low);
    this.#longHighest.push(high);
    this.#longLowest.push(low);
    this.#ranges.push(this.#highest.value - this.#lowest.value);
    const middle = (high + low) / 2;
    if (this.#count < 2 * this.#half) {
      this.#count += 1;
      if (this.#count < 2 * this.#half) return;
      this.#average = middle;
      this.current[0] = middle;
      return;
    }
    const newer = (this.#highest.value - this.#lowest.value) / this.#half;
    const older = this.#ranges.oldest / this.#half;
    const whole = (this.#longHighest.value - this.#longLowest.value) / (2 * this.#half);
    // Without range in either half the dimension stays what it was, as in Ehlers' code.
    if (newer > 0 && older > 0 && whole > 0) this.#dimension = Math.log2((newer + older) / whole);
    const weight = Math.min(1, Math.max(0.01, Math.exp(-4.6 * (this.#dimension - 1))));
    this.#average += weight * (middle - this.#average);
    this.current[0] = this.#average;
  }

  override reset(): void {
    super.reset();
    this.#highest.reset();
    this.#lowest.reset();
    this.#longHighest.reset();
    this.#longLowest.reset();
    this.#ranges.reset();
    this.#count = 0;
    this.#dimension = 1;
    this.#average = NaN;
  }
}
