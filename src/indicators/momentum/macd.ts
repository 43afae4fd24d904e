import type { Bar } from "../../domain/bar.ts";
import { Ema } from "../overlap/ema.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

export type MacdLine = "macd" | "signal" | "histogram";

/** Periods of the three exponential averages. */
export interface MacdOptions {
  /** @default 12 */
  readonly fast?: number;
  /** @default 26 */
  readonly slow?: number;
  /** @default 9 */
  readonly signal?: number;
}

/** Moving average convergence/divergence (Appel): fast minus slow average, its own average, and the difference of the two. */
export function macd({ fast = 12, slow = 26, signal = 9 }: MacdOptions = {}): Macd {
  wholeNumber("macd", "fast", fast, { min: 2 });
  wholeNumber("macd", "slow", slow, { min: 2 });
  wholeNumber("macd", "signal", signal);
  return new Macd(new Ema(Math.min(fast, slow)), new Ema(Math.max(fast, slow)), new Ema(signal));
}

/**
 * See `macd`. The fast average is seeded with the bars just before the slow one's first value, as in TA-Lib. The three average
 * objects serve until the first value; from there on their numbers are carried on here.
 */
export class Macd extends SeriesIndicator<MacdLine> {
  readonly #fastSeed: Ema;
  readonly #slowSeed: Ema;
  readonly #signalSeed: Ema;
  readonly #fastWeight: number;
  readonly #slowWeight: number;
  readonly #signalWeight: number;
  #count = 0;
  #fast = NaN;
  #slow = NaN;
  #signal = NaN;

  constructor(fast: Ema, slow: Ema, signal: Ema) {
    super(["macd", "signal", "histogram"], slow.warmup + signal.warmup - 1);
    this.#fastSeed = fast;
    this.#slowSeed = slow;
    this.#signalSeed = signal;
    this.#fastWeight = fast.weight;
    this.#slowWeight = slow.weight;
    this.#signalWeight = signal.weight;
    this.reset();
  }

  get macd(): number {
    return this.current[0] as number;
  }

  get signal(): number {
    return this.current[1] as number;
  }

  get histogram(): number {
    return this.current[2] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#count < this.#slowSeed.warmup + this.#signalSeed.warmup - 1) {
      this.#warmUp(value);
      return;
    }
    const fast = (value - this.#fast) * this.#fastWeight + this.#fast;
    const slow = (value - this.#slow) * this.#slowWeight + this.#slow;
    const macd = fast - slow;
    const signal = (macd - this.#signal) * this.#signalWeight + this.#signal;
    this.#fast = fast;
    this.#slow = slow;
    this.#signal = signal;
    this.current[0] = macd;
    this.current[1] = signal;
    this.current[2] = macd - signal;
  }

  override reset(): void {
    super.reset();
    this.#fastSeed.reset();
    this.#slowSeed.reset();
    this.#signalSeed.reset();
    this.#count = 0;
    this.#fast = NaN;
    this.#slow = NaN;
    this.#signal = NaN;
  }

  protected override run(input: Float64Array, outputs: readonly Float64Array[], from: number, to: number): void {
    const warm = Math.min(to, from + this.#slowSeed.warmup + this.#signalSeed.warmup - 1);
    super.run(input, outputs, from, warm);
    if (warm === to) return;
    const [macds, signals, histograms] = outputs as [Float64Array, Float64Array, Float64Array];
    const fastWeight = this.#fastWeight;
    const slowWeight = this.#slowWeight;
    const signalWeight = this.#signalWeight;
    let fast = this.#fast;
    let slow = this.#slow;
    let signal = this.#signal;
    for (let row = warm; row < to; row += 1) {
      const value = input[row] as number;
      fast = (value - fast) * fastWeight + fast;
      slow = (value - slow) * slowWeight + slow;
      const macd = fast - slow;
      signal = (macd - signal) * signalWeight + signal;
      macds[row] = macd;
      signals[row] = signal;
      histograms[row] = macd - signal;
    }
    this.#fast = fast;
    this.#slow = slow;
    this.#signal = signal;
    this.current[0] = fast - slow;
    this.current[1] = signal;
    this.current[2] = fast - slow - signal;
  }

  #warmUp(value: number): void {
    this.#count += 1;
    this.#slowSeed.next(value);
    if (this.#count <= this.#slowSeed.warmup - this.#fastSeed.warmup) return;
    this.#fastSeed.next(value);
    if (this.#count < this.#slowSeed.warmup) return;
    this.#fast = this.#fastSeed.value;
    this.#slow = this.#slowSeed.value;
    const macd = this.#fast - this.#slow;
    this.#signalSeed.next(macd);
    if (this.#count < this.#slowSeed.warmup + this.#signalSeed.warmup - 1) return;
    this.#signal = this.#signalSeed.value;
    this.current[0] = macd;
    this.current[1] = this.#signal;
    this.current[2] = macd - this.#signal;
  }
}
