import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { oneOf, wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SlidingMaximum, SlidingMinimum } from "../sliding-extreme.ts";

/** Between which extremes the way led: those of the bars, or true ones, which reach to the close before when there is a gap. */
export const CHOPPINESS_EXTREMES = ["bar", "true"] as const;
export type ChoppinessExtremes = (typeof CHOPPINESS_EXTREMES)[number];

export interface ChoppinessOptions {
  /** "bar" is TradingView's way and can exceed 100 after gaps; "true" cannot. @default "bar" */
  readonly extremes?: ChoppinessExtremes;
}

/**
 * Choppiness index (Dreiss): how much longer the way of the last `period` bars was than what it led across, on a logarithmic
 * scale; near 0 in a straight run, 100 when every bar goes over the same range.
 */
export function choppiness(period = 14, options: ChoppinessOptions = {}): Choppiness {
  return new Choppiness(period, options);
}

/** See `choppiness`. A market that stands still gets nowhere: 100. */
export class Choppiness extends BarIndicator {
  readonly #isTrue: boolean;
  readonly #ranges: RollingWindow;
  readonly #highest: SlidingMaximum;
  readonly #lowest: SlidingMinimum;
  #previousClose = NaN;
  #hasBegun = false;

  constructor(period: number, { extremes = "bar" }: ChoppinessOptions = {}) {
    super(["value"], wholeNumber("choppiness", "period", period, { min: 2 }) + 1);
    this.#ranges = new RollingWindow(period);
    this.#highest = new SlidingMaximum(period);
    this.#lowest = new SlidingMinimum(period);
    this.#isTrue = oneOf("choppiness", "extremes", extremes, CHOPPINESS_EXTREMES) === "true";
  }

  update({ high, low, close }: Bar): void {
    const previousClose = this.#previousClose;
    this.#previousClose = close;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    const trueHigh = Math.max(high, previousClose);
    const trueLow = Math.min(low, previousClose);
    this.#highest.push(this.#isTrue ? trueHigh : high);
    this.#lowest.push(this.#isTrue ? trueLow : low);
    if (!this.#ranges.push(trueHigh - trueLow)) return;
    const range = this.#highest.value - this.#lowest.value;
    this.current[0] = range === 0 ? 100 : (100 * Math.log(this.#ranges.sum() / range)) / Math.log(this.#ranges.period);
  }

  override reset(): void {
    super.reset();
    this.#ranges.reset();
    this.#highest.reset();
    this.#lowest.reset();
    this.#previousClose = NaN;
    this.#hasBegun = false;
  }
}
