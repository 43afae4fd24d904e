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

/** See `macd`. The fast average is seeded with the bars just before the slow one's first value, as in TA-Lib. */
export class Macd extends SeriesIndicator<MacdLine> {
  readonly #fast: Ema;
  readonly #slow: Ema;
  readonly #signal: Ema;
  /** Numbers still to pass before the fast average starts. */
  #wait = 0;
  #count = 0;

  constructor(fast: Ema, slow: Ema, signal: Ema) {
    super(["macd", "signal", "histogram"], slow.warmup + signal.warmup - 1);
    this.#fast = fast;
    this.#slow = slow;
    this.#signal = signal;
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
    this.#slow.next(value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.#fast.next(value);
    if (this.#count < this.#fast.warmup + this.#signal.warmup - 2) {
      this.#count += 1;
      if (this.#count < this.#fast.warmup) return;
      this.#signal.next(this.#fast.value - this.#slow.value);
      return;
    }
    const macd = this.#fast.value - this.#slow.value;
    this.#signal.next(macd);
    const signal = this.#signal.value;
    this.current[0] = macd;
    this.current[1] = signal;
    this.current[2] = macd - signal;
  }

  override reset(): void {
    super.reset();
    this.#fast.reset();
    this.#slow.reset();
    this.#signal.reset();
    this.#wait = this.#slow.warmup - this.#fast.warmup;
    this.#count = 0;
  }

  protected override run(input: Float64Array, outputs: readonly Float64Array[], from: number, to: number): void {
    const warm = Math.min(to, from + this.#slow.warmup + this.#signal.warmup - 1);
    super.run(input, outputs, from, warm);
    if (warm === to) return;
    const [macds, signals, histograms] = outputs as [Float64Array, Float64Array, Float64Array];
    let fast = this.#fast.value;
    let slow = this.#slow.value;
    let signal = this.#signal.value;
    const fastWeight = this.#fast.weight;
    const slowWeight = this.#slow.weight;
    const signalWeight = this.#signal.weight;
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
    this.#fast.resume(fast);
    this.#slow.resume(slow);
    this.#signal.resume(signal);
    this.current[0] = fast - slow;
    this.current[1] = signal;
    this.current[2] = fast - slow - signal;
  }
}
