import type { Bar } from "../../domain/bar.ts";
import { oneOf, realNumber, wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { createAverage, type Average } from "./ma.ts";

export type BbandsLine = "upper" | "middle" | "lower";

/** What counts as no deviation. */
export const BBANDS_ZEROS = ["rounding", "talib"] as const;
export type BbandsZero = (typeof BBANDS_ZEROS)[number];

/** Variances below this share of the squared mean are what rounding leaves of a price that stands still. */
const ROUNDING = 1e-13;
const TALIB_ZERO = 1e-8;

/** Width of the bands and kind of the average between them. */
export interface BbandsOptions {
  /** Standard deviations from the middle to the upper band. @default 2 */
  readonly up?: number;
  /** Standard deviations from the middle to the lower band. @default 2 */
  readonly down?: number;
  /** @default "sma" */
  readonly average?: Average;
  /**
   * Which variance counts as none: only what rounding leaves, or any below 1e-8 as in TA-Lib 0.4, which gives a coin at 0.1 bands
   * without width for as long as it deviates by less than a thousandth. @default "rounding"
   */
  readonly zero?: BbandsZero;
}

/** Bollinger bands: a moving average with bands some standard deviations (of the population) away; Bollinger takes 20 and 2. */
export function bbands(period = 5, options: BbandsOptions = {}): Bbands {
  return new Bbands(period, options);
}

/** See `bbands`. The deviation comes from running sums of the numbers and their squares, in TA-Lib's order. */
export class Bbands extends SeriesIndicator<BbandsLine> {
  readonly #period: number;
  readonly #up: number;
  readonly #down: number;
  readonly #middle: SeriesIndicator<string> | undefined;
  readonly #window: Float64Array;
  /** The variance that counts as none: a part that grows with the squared mean and a fixed one. */
  readonly #rounding: number;
  readonly #zero: number;
  #slot = 0;
  /** Numbers still to pass before the sums start, and before the first value. */
  #skip = 0;
  #wait = 0;
  #sum = NaN;
  #squares = NaN;

  constructor(period: number, { up = 2, down = 2, average = "sma", zero = "rounding" }: BbandsOptions = {}) {
    const middle = createAverage("bbands", "average", average, wholeNumber("bbands", "period", period, { min: 2 }));
    super(["upper", "middle", "lower"], Math.max(middle.warmup, period));
    this.#period = period;
    this.#up = realNumber("bbands", "up", up, { min: -3e37, max: 3e37 });
    this.#down = realNumber("bbands", "down", down, { min: -3e37, max: 3e37 });
    this.#middle = average === "sma" ? undefined : middle;
    const isTalib = oneOf("bbands", "zero", zero, BBANDS_ZEROS) === "talib";
    this.#rounding = isTalib ? 0 : ROUNDING;
    this.#zero = isTalib ? TALIB_ZERO : 0;
    this.#window = new Float64Array(period);
    this.reset();
  }

  get upper(): number {
    return this.current[0] as number;
  }

  get middle(): number {
    return this.current[1] as number;
  }

  get lower(): number {
    return this.current[2] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#middle !== undefined) this.#middle.next(value);
    if (this.#skip > 0) {
      this.#skip -= 1;
      return;
    }
    const period = this.#period;
    this.#window[this.#slot] = value;
    this.#slot = this.#slot + 1 === period ? 0 : this.#slot + 1;
    this.#sum += value;
    this.#squares += value * value;
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    const mean = this.#sum / period;
    const variance = this.#squares / period - mean * mean;
    const oldest = this.#window[this.#slot] as number;
    this.#sum -= oldest;
    this.#squares -= oldest * oldest;
    const deviation = variance < this.#rounding * (mean * mean) + this.#zero ? 0 : Math.sqrt(variance);
    const middle = this.#middle === undefined ? mean : this.#middle.value;
    this.current[0] = middle + deviation * this.#up;
    this.current[1] = middle;
    this.current[2] = middle - deviation * this.#down;
  }

  override reset(): void {
    super.reset();
    this.#middle?.reset();
    this.#slot = 0;
    this.#skip = Math.max((this.#middle?.warmup ?? 0) - this.#period, 0);
    this.#wait = this.#period - 1;
    this.#sum = 0;
    this.#squares = 0;
  }

  protected override run(input: Float64Array, outputs: readonly Float64Array[], from: number, to: number): void {
    const period = this.#period;
    const first = from + this.#skip + period - 1;
    const start = first - period + 1;
    if (first >= to) return super.run(input, outputs, from, to);
    const up = this.#up;
    const down = this.#down;
    const rounding = this.#rounding;
    const zero = this.#zero;
    const [uppers, middles, lowers] = outputs as [Float64Array, Float64Array, Float64Array];
    const averages = this.#middle?.overNumbers(input, from);
    let sum = 0;
    let squares = 0;
    for (let row = start; row < first; row += 1) {
      const value = input[row] as number;
      sum += value;
      squares += value * value;
    }
    for (const output of outputs) output.fill(NaN, from, first);
    for (let row = first, last = start; row < to; row += 1, last += 1) {
      const value = input[row] as number;
      sum += value;
      squares += value * value;
      const mean = sum / period;
      const variance = squares / period - mean * mean;
      const oldest = input[last] as number;
      sum -= oldest;
      squares -= oldest * oldest;
      const deviation = variance < rounding * (mean * mean) + zero ? 0 : Math.sqrt(variance);
      const middle = averages === undefined ? mean : (averages[row] as number);
      uppers[row] = middle + deviation * up;
      middles[row] = middle;
      lowers[row] = middle - deviation * down;
    }
    this.#window.set(input.subarray(to - period, to));
    this.#slot = 0;
    this.#skip = 0;
    this.#wait = 0;
    this.#sum = sum;
    this.#squares = squares;
    outputs.forEach((output, line) => (this.current[line] = output[to - 1] as number));
  }
}
