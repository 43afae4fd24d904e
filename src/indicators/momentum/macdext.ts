import type { Bar } from "../../domain/bar.ts";
import { createAverage, type Average } from "../overlap/ma.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import type { MacdLine } from "./macd.ts";

/** Periods and kinds of the three averages. */
export interface MacdExtOptions {
  /** @default 12 */
  readonly fast?: number;
  /** @default "sma" */
  readonly fastAverage?: Average;
  /** @default 26 */
  readonly slow?: number;
  /** @default "sma" */
  readonly slowAverage?: Average;
  /** @default 9 */
  readonly signal?: number;
  /** @default "sma" */
  readonly signalAverage?: Average;
}

/** Moving average convergence/divergence with any kinds of averages. */
export function macdExt(options: MacdExtOptions = {}): MacdExt {
  return new MacdExt(options);
}

/** See `macdExt`. Both averages start so that their first values fall on the same bar, as in TA-Lib. */
export class MacdExt extends SeriesIndicator<MacdLine> {
  readonly #fast: SeriesIndicator<string>;
  readonly #slow: SeriesIndicator<string>;
  readonly #signal: SeriesIndicator<string>;
  readonly #longest: number;
  #count = 0;

  constructor(options: MacdExtOptions) {
    const { fast = 12, fastAverage = "sma", slow = 26, slowAverage = "sma", signal = 9, signalAverage = "sma" } = options;
    const averages = [
      createAverage("macdExt", "fastAverage", fastAverage, wholeNumber("macdExt", "fast", fast, { min: 2 })),
      createAverage("macdExt", "slowAverage", slowAverage, wholeNumber("macdExt", "slow", slow, { min: 2 })),
    ] as const;
    const [quick, steady] = slow < fast ? [averages[1], averages[0]] : averages;
    const smooth = createAverage("macdExt", "signalAverage", signalAverage, wholeNumber("macdExt", "signal", signal));
    const longest = Math.max(quick.warmup, steady.warmup);
    super(["macd", "signal", "histogram"], longest + smooth.warmup - 1);
    this.#fast = quick;
    this.#slow = steady;
    this.#signal = smooth;
    this.#longest = longest;
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
    if (this.#count < this.warmup) this.#count += 1;
    if (this.#count > this.#longest - this.#slow.warmup) this.#slow.next(value);
    if (this.#count > this.#longest - this.#fast.warmup) this.#fast.next(value);
    if (this.#count < this.#longest) return;
    const macd = this.#fast.value - this.#slow.value;
    this.#signal.next(macd);
    if (this.#count < this.#longest + this.#signal.warmup - 1) return;
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
    this.#count = 0;
  }
}
