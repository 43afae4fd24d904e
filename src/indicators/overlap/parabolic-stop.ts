import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";

/** Acceleration on one side of the market. */
export interface Acceleration {
  readonly start: number;
  readonly step: number;
  readonly max: number;
}

/** Settings of a parabolic stop; `isSigned` gives negative values while it is short. */
export interface ParabolicStopOptions {
  readonly long: Acceleration;
  readonly short: Acceleration;
  readonly startValue: number;
  readonly offsetOnReverse: number;
  readonly isSigned: boolean;
}

/**
 * Wilder's parabolic stop. The first bar gives the first stop: its low when the second bar's rise is at least as large as its
 * fall, otherwise its high, as in TA-Lib and Metastock.
 */
export class ParabolicStop extends BarIndicator {
  readonly #options: ParabolicStopOptions;
  #count = 0;
  #isLong = true;
  #stop = NaN;
  /** The highest high of the long side, or the lowest low of the short one. */
  #extreme = NaN;
  #acceleration = NaN;
  #previousHigh = NaN;
  #previousLow = NaN;

  constructor(options: ParabolicStopOptions) {
    super(["value"], 2);
    this.#options = { ...options, long: limited(options.long), short: limited(options.short) };
    this.reset();
  }

  update(bar: Bar): void {
    const { high, low } = bar;
    if (this.#count < 2) {
      this.#count += 1;
      if (this.#count === 2) this.#start(high, low);
    }
    if (this.#count === 2) this.#step(high, low);
    this.#previousHigh = high;
    this.#previousLow = low;
  }

  override reset(): void {
    super.reset();
    this.#count = 0;
    this.#isLong = true;
    this.#stop = NaN;
    this.#extreme = NaN;
    this.#acceleration = NaN;
    this.#previousHigh = NaN;
    this.#previousLow = NaN;
  }

  #start(high: number, low: number): void {
    const { startValue, long, short } = this.#options;
    const rise = high - this.#previousHigh;
    const fall = this.#previousLow - low;
    this.#isLong = startValue === 0 ? !(fall > 0 && rise < fall) : startValue > 0;
    this.#extreme = this.#isLong ? high : low;
    this.#acceleration = this.#isLong ? long.start : short.start;
    if (startValue === 0) this.#stop = this.#isLong ? this.#previousLow : this.#previousHigh;
    else this.#stop = Math.abs(startValue);
    this.#previousHigh = high;
    this.#previousLow = low;
  }

  #step(high: number, low: number): void {
    const { offsetOnReverse, isSigned } = this.#options;
    const isTouched = this.#isLong ? low <= this.#stop : high >= this.#stop;
    if (isTouched) {
      this.#isLong = !this.#isLong;
      this.#stop = this.#outside(this.#extreme, high, low);
      this.#stop += (this.#isLong ? -1 : 1) * this.#stop * offsetOnReverse;
      this.#acceleration = (this.#isLong ? this.#options.long : this.#options.short).start;
      this.#extreme = this.#isLong ? high : low;
    }
    this.current[0] = isSigned && !this.#isLong ? -this.#stop : this.#stop;
    if (!isTouched) this.#accelerate(high, low);
    this.#stop = this.#outside(this.#stop + this.#acceleration * (this.#extreme - this.#stop), high, low);
  }

  /** Speeds up when the bar has set a new extreme. */
  #accelerate(high: number, low: number): void {
    const isNewExtreme = this.#isLong ? high > this.#extreme : low < this.#extreme;
    if (!isNewExtreme) return;
    const { step, max } = this.#isLong ? this.#options.long : this.#options.short;
    this.#extreme = this.#isLong ? high : low;
    this.#acceleration = Math.min(this.#acceleration + step, max);
  }

  /** The stop moved out of the range of this bar and the one before. */
  #outside(stop: number, high: number, low: number): number {
    return this.#isLong ? Math.min(stop, this.#previousLow, low) : Math.max(stop, this.#previousHigh, high);
  }
}

function limited({ start, step, max }: Acceleration): Acceleration {
  return { start: Math.min(start, max), step: Math.min(step, max), max };
}
