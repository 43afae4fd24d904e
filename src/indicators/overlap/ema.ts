import type { Bar } from "../../domain/bar.ts";
import { oneOf, wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** What an exponential average starts from: the mean of its first `period` numbers, or its first number alone. */
export const EMA_SEEDS = ["average", "first"] as const;
export type EmaSeed = (typeof EMA_SEEDS)[number];

/** How an exponential average differs from TA-Lib's. */
export interface EmaOptions {
  /** "average" is TA-Lib's way; "first" is that of TradingView's early versions, Metastock and pandas. @default "average" */
  readonly seed?: EmaSeed;
}

/**
 * Exponential moving average with weight 2 / (period + 1), seeded with the mean of the first `period` numbers.
 *
 * @example
 * const line = expert.track("1h", ema(21));
 */
export function ema(period = 30, options: EmaOptions = {}): Ema {
  return new Ema(period, options);
}

/** See `ema`. */
export class Ema extends SeriesIndicator {
  readonly #period: number;
  /** Share of a new number in the average. */
  readonly weight: number;
  readonly #seed: EmaSeed;
  #count = 0;
  #sum = NaN;
  #average = NaN;

  /** `weight` replaces 2 / (period + 1) where a definition asks for another one, such as MACDFIX's 0.15. */
  constructor(period: number, { seed = "average", weight }: EmaOptions & { readonly weight?: number } = {}) {
    super(["value"], wholeNumber("ema", "period", period));
    this.#period = period;
    this.weight = weight ?? 2 / (period + 1);
    this.#seed = oneOf("ema", "seed", seed, EMA_SEEDS);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#count >= this.#period) {
      this.#average = (value - this.#average) * this.weight + this.#average;
      this.current[0] = this.#average;
      return;
    }
    this.#count += 1;
    this.#warmUp(value);
  }

  override reset(): void {
    super.reset();
    this.#count = 0;
    this.#sum = 0;
    this.#average = NaN;
  }

  protected override run(input: Float64Array, outputs: readonly Float64Array[], from: number, to: number): void {
    const output = outputs[0] as Float64Array;
    const weight = this.weight;
    const seeded = Math.min(from + this.#period, to);
    for (let row = from; row < seeded; row += 1) {
      this.next(input[row] as number);
      output[row] = this.current[0] as number;
    }
    let average = this.#average;
    for (let row = seeded; row < to; row += 1) {
      average = ((input[row] as number) - average) * weight + average;
      output[row] = average;
    }
    if (to > seeded) {
      this.#average = average;
      this.current[0] = average;
    }
  }

  #warmUp(value: number): void {
    if (this.#seed === "first") {
      this.#average = this.#count === 1 ? value : (value - this.#average) * this.weight + this.#average;
    } else {
      this.#sum += value;
      if (this.#count < this.#period) return;
      this.#average = this.#sum / this.#period;
    }
    if (this.#count === this.#period) this.current[0] = this.#average;
  }
}
