import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { trueRange } from "../volatility/atr.ts";
import { negligible } from "../zero.ts";

/** The three windows; their order does not matter, the shortest weighs most. */
export interface UltOscOptions {
  /** @default 7 */
  readonly short?: number;
  /** @default 14 */
  readonly middle?: number;
  /** @default 28 */
  readonly long?: number;
}

/** Ultimate oscillator (Williams): buying pressure as a share of the true range over three windows, weighted 4, 2 and 1. */
export function ultOsc(options: UltOscOptions = {}): UltOsc {
  return new UltOsc(options);
}

/** See `ultOsc`. A window without range counts as 0. */
export class UltOsc extends BarIndicator {
  readonly #periods: readonly [number, number, number];
  readonly #pressures: Float64Array;
  readonly #ranges: Float64Array;
  /** Running sums of pressure and range, shortest window first. */
  readonly #pressureSums = new Float64Array(3);
  readonly #rangeSums = new Float64Array(3);
  #slot = 0;
  #count = 0;
  #previousClose = NaN;

  constructor({ short = 7, middle = 14, long = 28 }: UltOscOptions) {
    wholeNumber("ultOsc", "short", short);
    wholeNumber("ultOsc", "middle", middle);
    wholeNumber("ultOsc", "long", long);
    const periods = [short, middle, long].toSorted((left, right) => left - right) as [number, number, number];
    super(["value"], periods[2] + 1);
    this.#periods = periods;
    this.#pressures = new Float64Array(periods[2]);
    this.#ranges = new Float64Array(periods[2]);
    this.reset();
  }

  update({ high, low, close }: Bar): void {
    const longest = this.#periods[2];
    const previousClose = this.#previousClose;
    this.#previousClose = close;
    if (this.#count <= longest) this.#count += 1;
    if (this.#count === 1) return;
    const pressure = close - Math.min(low, previousClose);
    const range = trueRange(high, low, previousClose);
    this.#pressures[this.#slot] = pressure;
    this.#ranges[this.#slot] = range;
    const isReady = this.#count > longest;
    let result = 0;
    for (let window = 0; window < 3; window += 1) {
      const period = this.#periods[window] as number;
      if (this.#count <= longest - period + 1) continue;
      this.#pressureSums[window] = (this.#pressureSums[window] as number) + pressure;
      this.#rangeSums[window] = (this.#rangeSums[window] as number) + range;
      if (isReady) result += this.#share(window, period, close);
    }
    this.#slot = this.#slot + 1 === longest ? 0 : this.#slot + 1;
    if (isReady) this.current[0] = 100 * (result / 7);
  }

  override reset(): void {
    super.reset();
    this.#pressureSums.fill(0);
    this.#rangeSums.fill(0);
    this.#slot = 0;
    this.#count = 0;
    this.#previousClose = NaN;
  }

  /** The weighted share of one window; takes its oldest bar out of the sums. */
  #share(window: number, period: number, price: number): number {
    const pressures = this.#pressureSums[window] as number;
    const ranges = this.#rangeSums[window] as number;
    const first = this.#slot - period + 1;
    const oldest = first < 0 ? first + this.#periods[2] : first;
    this.#pressureSums[window] = pressures - (this.#pressures[oldest] as number);
    this.#rangeSums[window] = ranges - (this.#ranges[oldest] as number);
    const isStill = ranges === 0 || Math.abs(ranges) < negligible(price);
    return isStill ? 0 : (4 >> window) * (pressures / ranges);
  }
}
