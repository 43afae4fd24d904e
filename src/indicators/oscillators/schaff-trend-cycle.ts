import type { Bar } from "../../domain/bar.ts";
import { Ema } from "../overlap/ema.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { SlidingMaximum, SlidingMinimum } from "../sliding-extreme.ts";

/** Periods of the averages, and how the stochastics are smoothed. */
export interface SchaffTrendCycleOptions {
  /** @default 23 */
  readonly fast?: number;
  /** @default 50 */
  readonly slow?: number;
  /** Share of the new value in a smoothed stochastic. @default 0.5 */
  readonly factor?: number;
}

/**
 * Schaff trend cycle: the difference of two exponential averages, put twice through a stochastic over `cycle` bars, each smoothed
 * by `factor`; 0 to 100. Where a stochastic's range is nil it keeps its last value, 0 at the start, as in TradingView and LEAN;
 * Skender's library smooths the second stochastic by an average of three bars instead.
 */
export function schaffTrendCycle(cycle = 10, options: SchaffTrendCycleOptions = {}): SchaffTrendCycle {
  return new SchaffTrendCycle(cycle, options);
}

/** See `schaffTrendCycle`. */
export class SchaffTrendCycle extends SeriesIndicator {
  readonly #fast: Ema;
  readonly #slow: Ema;
  readonly #first: SmoothedStochastic;
  readonly #second: SmoothedStochastic;
  #wait = 0;

  constructor(cycle: number, { fast = 23, slow = 50, factor = 0.5 }: SchaffTrendCycleOptions = {}) {
    const longest = Math.max(wholeNumber("schaffTrendCycle", "fast", fast), wholeNumber("schaffTrendCycle", "slow", slow));
    super(["value"], longest + 2 * (wholeNumber("schaffTrendCycle", "cycle", cycle) - 1));
    realNumber("schaffTrendCycle", "factor", factor, { min: 0.01, max: 1 });
    this.#fast = new Ema(fast);
    this.#slow = new Ema(slow);
    this.#first = new SmoothedStochastic(cycle, factor);
    this.#second = new SmoothedStochastic(cycle, factor);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#fast.next(value);
    this.#slow.next(value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    if (this.#first.next(this.#fast.value - this.#slow.value) && this.#second.next(this.#first.value)) this.current[0] = this.#second.value;
  }

  override reset(): void {
    super.reset();
    this.#fast.reset();
    this.#slow.reset();
    this.#first.reset();
    this.#second.reset();
    this.#wait = Math.max(this.#fast.warmup, this.#slow.warmup) - 1;
  }
}

/** Where a number stands in the range of the last ones, in percent, smoothed. */
class SmoothedStochastic {
  value = NaN;
  readonly #factor: number;
  readonly #highest: SlidingMaximum;
  readonly #lowest: SlidingMinimum;
  #raw = NaN;
  #wait = 0;

  constructor(period: number, factor: number) {
    this.#factor = factor;
    this.#highest = new SlidingMaximum(period);
    this.#lowest = new SlidingMinimum(period);
    this.reset();
  }

  /** Takes the next number; true once the window is full. */
  next(number: number): boolean {
    this.#highest.push(number);
    this.#lowest.push(number);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return false;
    }
    const lowest = this.#lowest.value;
    const range = this.#highest.value - lowest;
    if (range !== 0) this.#raw = (100 * (number - lowest)) / range;
    this.value = Number.isNaN(this.value) ? this.#raw : this.value + this.#factor * (this.#raw - this.value);
    return true;
  }

  reset(): void {
    this.#highest.reset();
    this.#lowest.reset();
    this.#raw = 0;
    this.value = NaN;
    this.#wait = this.#highest.period - 1;
  }
}
