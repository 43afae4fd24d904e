import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Ema } from "../overlap/ema.ts";
import { Sma } from "../overlap/sma.ts";
import { wholeNumber } from "../parameters.ts";
import type { SignalledLine } from "./tsi.ts";

/** Periods of the smoothing and of the signal. */
export interface WaveTrendOptions {
  /** @default 21 */
  readonly average?: number;
  /** @default 4 */
  readonly signal?: number;
}

/**
 * WaveTrend (LazyBear, after a commodity channel index of exponential averages): how far the typical price is from its average in
 * units of 0.015 of its mean distance, smoothed over `average` bars; `signal` is its simple average. 0 where nothing moves.
 */
export function waveTrend(channel = 10, options: WaveTrendOptions = {}): WaveTrend {
  return new WaveTrend(channel, options);
}

/** See `waveTrend`. */
export class WaveTrend extends BarIndicator<SignalledLine> {
  readonly #center: Ema;
  readonly #distance: Ema;
  readonly #average: Ema;
  readonly #signal: Sma;
  #centerWait = 0;
  #distanceWait = 0;
  #averageWait = 0;
  #signalWait = 0;

  constructor(channel: number, { average = 21, signal = 4 }: WaveTrendOptions = {}) {
    super(
      ["value", "signal"],
      2 * wholeNumber("waveTrend", "channel", channel) +
        wholeNumber("waveTrend", "average", average) +
        wholeNumber("waveTrend", "signal", signal) -
        3,
    );
    this.#center = new Ema(channel);
    this.#distance = new Ema(channel);
    this.#average = new Ema(average);
    this.#signal = new Sma(signal);
    this.reset();
  }

  get signal(): number {
    return this.current[1] as number;
  }

  update({ high, low, close }: Bar): void {
    const price = (high + low + close) / 3;
    this.#center.next(price);
    if (this.#centerWait > 0) {
      this.#centerWait -= 1;
      return;
    }
    const offset = price - this.#center.value;
    this.#distance.next(Math.abs(offset));
    if (this.#distanceWait > 0) {
      this.#distanceWait -= 1;
      return;
    }
    const distance = this.#distance.value;
    // The average of a flat price may miss it by its last digit.
    this.#average.next(distance <= 1e-12 * Math.abs(price) ? 0 : offset / (0.015 * distance));
    if (this.#averageWait > 0) {
      this.#averageWait -= 1;
      return;
    }
    this.#signal.next(this.#average.value);
    if (this.#signalWait > 0) {
      this.#signalWait -= 1;
      return;
    }
    this.current[0] = this.#average.value;
    this.current[1] = this.#signal.value;
  }

  override reset(): void {
    super.reset();
    this.#center.reset();
    this.#distance.reset();
    this.#average.reset();
    this.#signal.reset();
    this.#centerWait = this.#center.warmup - 1;
    this.#distanceWait = this.#distance.warmup - 1;
    this.#averageWait = this.#average.warmup - 1;
    this.#signalWait = this.#signal.warmup - 1;
  }
}
