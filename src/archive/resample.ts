import { ConfigurationError } from "../base/errors.ts";
import { allocateBars, type BarColumns, sliceBars } from "../domain/bar.ts";
import { barCloseTime, barOpenTime, canResample, type Timeframe, type TimeframeOptions, timeframeMs } from "../domain/timeframe.ts";
import type { TradeColumns } from "../domain/trade.ts";
import { ExactSum } from "./exact-sum.ts";

/** How coarser bars are built. */
export interface ResampleOptions extends TimeframeOptions {
  /**
   * Whether bars come that the rows may cover only in part: the first, when rows begin after its open time, and the last,
   * when they end before its close time.
   * @default "whole"
   */
  readonly edges?: "whole" | "all";
}

/** Coarser bars, and whether those at the edges may lack rows. */
export interface Resampled {
  readonly bars: BarColumns;
  readonly isFirstPartial: boolean;
  readonly isLastPartial: boolean;
}

/**
 * Coarser bars from finer ones. Volumes are the exact decimal sums. A stretch without rows gives no bar.
 *
 * @example
 * const { bars } = resampleBars(minutes, { from: "1m", to: "1h" });
 */
export function resampleBars(bars: BarColumns, { from, to, ...options }: ResampleOptions & { from: Timeframe; to: Timeframe }): Resampled {
  const resampler = new BarResampler(from, to, options);
  resampler.push(bars);
  return resampler.finish();
}

/** Bars from trades: the first trade opens, the last one closes. Only the last bar can be known to be partial. */
export function barsOfTrades(trades: TradeColumns, timeframe: Timeframe, options: ResampleOptions = {}): Resampled {
  const resampler = new TradeResampler(timeframe, options);
  resampler.push(trades);
  return resampler.finish();
}

/** Builds coarser bars from chunks of finer ones, in the order of time. */
export class BarResampler {
  readonly #builder: BarBuilder;
  readonly #fine: Timeframe;

  constructor(fine: Timeframe, coarse: Timeframe, options: ResampleOptions = {}) {
    const isPossible = canResample(fine, coarse) && fine !== coarse;
    if (!isPossible) throw new ConfigurationError(`bars of ${coarse} cannot be built from bars of ${fine}; choose a multiple of ${fine}`);
    this.#fine = fine;
    this.#builder = new BarBuilder(coarse, options);
  }

  push(bars: BarColumns): void {
    const { openTime, open, high, low, close, volume } = bars;
    const length = timeframeMs(this.#fine);
    for (let row = 0; row < bars.length; row += 1) {
      const time = openTime[row] as number;
      this.#builder.add(time, open[row] as number, high[row] as number, low[row] as number, close[row] as number, volume[row] as number);
    }
    const last = openTime[bars.length - 1];
    if (last !== undefined) this.#builder.coveredUntil = this.#fine === "1M" ? barCloseTime("1M", last) : last + length;
  }

  /** The bars finished since the last call. */
  take(): BarColumns {
    return this.#builder.take();
  }

  /** The bars not yet taken, the last one included when it is whole or wanted. */
  finish(): Resampled {
    return this.#builder.finish();
  }
}

/** Builds bars from chunks of trades, in the order of time. */
export class TradeResampler {
  readonly #builder: BarBuilder;

  constructor(timeframe: Timeframe, options: ResampleOptions = {}) {
    this.#builder = new BarBuilder(timeframe, { ...options, isSparse: true });
  }

  push({ length, time, price, quantity }: TradeColumns): void {
    for (let row = 0; row < length; row += 1) {
      const value = price[row] as number;
      this.#builder.add(time[row] as number, value, value, value, value, quantity[row] as number);
    }
    const last = time[length - 1];
    if (last !== undefined) this.#builder.coveredUntil = last;
  }

  take(): BarColumns {
    return this.#builder.take();
  }

  finish(): Resampled {
    return this.#builder.finish();
  }
}

/** The bar that is being built, and those that are done and not yet taken. */
class BarBuilder {
  /** The moment up to which rows are known. */
  coveredUntil = -Infinity;
  readonly #timeframe: Timeframe;
  readonly #options: ResampleOptions & { isSparse?: boolean };
  readonly #volume = new ExactSum();
  #done = allocateBars(1_024);
  #count = 0;
  #start = -Infinity;
  #end = -Infinity;
  #firstRow = NaN;
  #isFirst = true;
  #isFirstPartial = false;
  #open = NaN;
  #high = NaN;
  #low = NaN;
  #close = NaN;

  constructor(timeframe: Timeframe, options: ResampleOptions & { isSparse?: boolean }) {
    this.#timeframe = timeframe;
    this.#options = options;
  }

  add(time: number, open: number, high: number, low: number, close: number, volume: number): void {
    if (time >= this.#end) {
      if (this.#end > -Infinity) this.#finishBar();
      this.#start = barOpenTime(this.#timeframe, time, this.#options);
      this.#end = barCloseTime(this.#timeframe, this.#start);
      this.#firstRow = time;
      this.#open = open;
      this.#high = high;
      this.#low = low;
      this.#volume.clear();
    } else {
      if (high > this.#high) this.#high = high;
      if (low < this.#low) this.#low = low;
    }
    this.#close = close;
    this.#volume.add(volume);
  }

  take(): BarColumns {
    const bars = sliceBars(this.#done, 0, this.#count);
    this.#done = allocateBars(1_024);
    this.#count = 0;
    return bars;
  }

  finish(): Resampled {
    const isLastPartial = this.#end > this.coveredUntil;
    const isWanted = this.#end > -Infinity && (!isLastPartial || this.#options.edges === "all");
    if (isWanted) this.#finishBar();
    return { bars: this.take(), isFirstPartial: this.#isFirstPartial, isLastPartial: isWanted && isLastPartial };
  }

  #finishBar(): void {
    const isPartial = this.#isFirst && this.#options.isSparse !== true && this.#firstRow > this.#start;
    this.#isFirst = false;
    if (isPartial && this.#options.edges !== "all") return;
    this.#isFirstPartial ||= isPartial;
    if (this.#count === this.#done.length) this.#grow();
    const row = this.#count;
    this.#done.openTime[row] = this.#start;
    this.#done.open[row] = this.#open;
    this.#done.high[row] = this.#high;
    this.#done.low[row] = this.#low;
    this.#done.close[row] = this.#close;
    this.#done.volume[row] = this.#volume.value();
    this.#count += 1;
  }

  #grow(): void {
    const larger = allocateBars(this.#done.length * 2);
    for (const name of ["openTime", "open", "high", "low", "close", "volume"] as const) larger[name].set(this.#done[name]);
    this.#done = larger;
  }
}
