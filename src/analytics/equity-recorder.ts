import { DAY_MS } from "../domain/timeframe.ts";
import type { Drawdown, EquityCurve, EquityRecord } from "./run-record.ts";

/** A full curve keeps one point in so many. */
const THINNING = 8;

/** How an equity recorder samples. */
export interface EquityRecorderOptions {
  readonly startEquity: number;
  /** Length of the bars that are marked, milliseconds. */
  readonly barMs: number;
  /** Most points of the curve, a multiple of 8; reaching it keeps every eighth. @default 16384 */
  readonly curvePoints?: number;
}

/**
 * Measures equity on every bar in constant memory: drawdowns and exposure exactly, the curve sampled, one point a day.
 * `mark` is on the hot path: doubles only, no allocation.
 */
export class EquityRecorder {
  readonly #startEquity: number;
  readonly #barMs: number;
  readonly #limit: number;
  #curve: MutableCurve;
  #daily = new MutableCurve(512);
  #stride = 1;
  #untilSample = 1;
  #bars = 0;
  #exposedBars = 0;
  #firstTime = NaN;
  #lastTime = NaN;
  #firstPrice = NaN;
  #lastPrice = NaN;
  #equity: number;
  #peak: number;
  #lowest: number;
  #dayEnd = -Infinity;

  // The drawdown under way; `#peakTime` is the last moment at the high.
  #peakTime = NaN;
  #trough = NaN;
  #troughTime = NaN;
  #inDrawdown = false;
  #worst: Drawdown | undefined;
  #count = 0;
  #sumRatio = 0;
  #sumDuration = 0;
  #longest = 0;

  constructor({ startEquity, barMs, curvePoints = 16_384 }: EquityRecorderOptions) {
    this.#startEquity = startEquity;
    this.#barMs = barMs;
    this.#limit = curvePoints;
    this.#curve = new MutableCurve(Math.min(curvePoints, 1024));
    this.#equity = startEquity + 0;
    this.#peak = -Infinity;
    this.#lowest = Infinity;
  }

  /** The highest equity so far. */
  get peak(): number {
    return this.#peak;
  }

  /** Notes the equity at the close of the bar that opened at `time`. */
  mark(time: number, equity: number, price: number, exposed: boolean): void {
    if (this.#bars === 0) this.#begin(time, price);
    this.#bars += 1;
    if (exposed) this.#exposedBars += 1;
    if (time >= this.#dayEnd) {
      if (this.#bars > 1) this.#daily.push(this.#dayEnd - DAY_MS, this.#equity, this.#lastPrice);
      this.#dayEnd = Math.floor(time / DAY_MS) * DAY_MS + DAY_MS;
    }
    if (equity >= this.#peak) {
      if (this.#inDrawdown) this.#endDrawdown(time);
      this.#peak = equity;
      this.#peakTime = time;
    } else if (!this.#inDrawdown) {
      this.#inDrawdown = true;
      this.#trough = equity;
      this.#troughTime = time;
    } else if (equity < this.#trough) {
      this.#trough = equity;
      this.#troughTime = time;
    }
    if (equity < this.#lowest) this.#lowest = equity;
    this.#equity = equity;
    this.#lastTime = time;
    this.#lastPrice = price;
    this.#untilSample -= 1;
    if (this.#untilSample === 0) this.#sample();
  }

  /**
   * Does what `mark` does for rows `from` to `to` (excluded), whose equity is `base + slope × close`. One loop without calls:
   * it is what a backtest spends most of its time in.
   */
  markRows(times: Float64Array, closes: Float64Array, from: number, to: number, base: number, slope: number, exposed: boolean): void {
    let row = from;
    let peak = this.#peak;
    let trough = this.#trough;
    let lowest = this.#lowest;
    let dayEnd = this.#dayEnd;
    let equity = this.#equity;
    while (row < to) {
      // Up to the next sample, the next day or the end of a drawdown, nothing is noted but extremes.
      const stop = Math.min(to, row + this.#untilSample);
      const start = row;
      let isInside = this.#inDrawdown;
      let troughRow = -1;
      let peakRow = -1;
      for (; row < stop; row += 1) {
        if ((times[row] as number) >= dayEnd) break;
        const value = base + slope * (closes[row] as number);
        if (value >= peak) {
          if (isInside) break;
          peak = value;
          peakRow = row;
        } else if (!isInside) {
          isInside = true;
          trough = value;
          troughRow = row;
          if (peakRow >= 0) this.#peakTime = times[peakRow] as number;
          peakRow = -1;
        } else if (value < trough) {
          trough = value;
          troughRow = row;
        }
        if (value < lowest) lowest = value;
        equity = value;
      }
      if (row > start) {
        const last = row - 1;
        if (this.#bars === 0) this.#begin(times[start] as number, closes[start] as number);
        this.#bars += row - start;
        if (exposed) this.#exposedBars += row - start;
        this.#untilSample -= row - start;
        this.#inDrawdown = isInside;
        this.#peak = peak;
        this.#trough = trough;
        this.#lowest = lowest;
        this.#equity = equity;
        if (peakRow >= 0) this.#peakTime = times[peakRow] as number;
        if (troughRow >= 0) this.#troughTime = times[troughRow] as number;
        this.#lastTime = times[last] as number;
        this.#lastPrice = closes[last] as number;
        if (this.#untilSample === 0) this.#sample();
      }
      if (row === to) return;
      if (row === stop) continue;
      this.mark(times[row] as number, base + slope * (closes[row] as number), closes[row] as number, exposed);
      row += 1;
      peak = this.#peak;
      trough = this.#trough;
      lowest = this.#lowest;
      dayEnd = this.#dayEnd;
      equity = this.#equity;
    }
  }

  /** Everything measured so far. The recorder can go on afterwards. */
  finish(): EquityRecord {
    const curve = this.#curve.copy();
    const daily = this.#daily.copy();
    if (this.#bars > 0) {
      if (curve.last !== this.#lastTime) curve.push(this.#lastTime, this.#equity, this.#lastPrice);
      daily.push(this.#dayEnd - DAY_MS, this.#equity, this.#lastPrice);
    }
    const open = this.#inDrawdown ? this.#drawdown(NaN) : undefined;
    const count = this.#count + (open === undefined ? 0 : 1);
    const openDuration = open === undefined ? 0 : this.#lastTime - open.peakTime;
    return {
      bars: this.#bars,
      firstTime: this.#firstTime,
      lastTime: this.#lastTime,
      firstPrice: this.#firstPrice,
      lastPrice: this.#lastPrice,
      startEquity: this.#startEquity,
      endEquity: this.#equity,
      peakEquity: this.#bars === 0 ? this.#startEquity : this.#peak,
      lowestEquity: this.#bars === 0 ? this.#startEquity : this.#lowest,
      exposedBars: this.#exposedBars,
      curve: curve.view(),
      curveStepMs: this.#barMs * this.#stride,
      daily: daily.view(),
      maxDrawdown: deeper(this.#worst, open),
      drawdownCount: count,
      averageDrawdownRatio: count === 0 ? NaN : (this.#sumRatio + (open?.ratio ?? 0)) / count,
      longestDrawdownMs: Math.max(this.#longest, openDuration),
      averageDrawdownMs: count === 0 ? NaN : (this.#sumDuration + openDuration) / count,
    };
  }

  #begin(time: number, price: number): void {
    this.#firstTime = time;
    this.#firstPrice = price;
    this.#peakTime = time;
  }

  #sample(): void {
    this.#curve.push(this.#lastTime, this.#equity, this.#lastPrice);
    this.#untilSample = this.#stride;
    if (this.#curve.length < this.#limit) return;
    // The newest points are dropped with the others; the next sample, one old step on, keeps the spacing.
    this.#curve.thin();
    this.#stride *= THINNING;
  }

  #endDrawdown(time: number): void {
    const drawdown = this.#drawdown(time);
    const duration = time - drawdown.peakTime;
    this.#worst = deeper(this.#worst, drawdown);
    this.#count += 1;
    this.#sumRatio += drawdown.ratio;
    this.#sumDuration += duration;
    this.#longest = Math.max(this.#longest, duration);
    this.#inDrawdown = false;
  }

  #drawdown(recoveryTime: number): Drawdown {
    return {
      ratio: 1 - this.#trough / this.#peak,
      amount: this.#peak - this.#trough,
      peakTime: this.#peakTime,
      troughTime: this.#troughTime,
      recoveryTime,
      peakEquity: this.#peak,
      troughEquity: this.#trough,
    };
  }
}

function deeper(left: Drawdown | undefined, right: Drawdown | undefined): Drawdown | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return right.ratio > left.ratio ? right : left;
}

/** An equity curve that grows. */
class MutableCurve {
  length = 0;
  #time: Float64Array;
  #equity: Float64Array;
  #price: Float64Array;

  constructor(capacity: number) {
    this.#time = new Float64Array(capacity);
    this.#equity = new Float64Array(capacity);
    this.#price = new Float64Array(capacity);
  }

  get last(): number {
    return this.length === 0 ? NaN : (this.#time[this.length - 1] as number);
  }

  push(time: number, equity: number, price: number): void {
    if (this.length === this.#time.length) this.#resize(this.length * 2);
    this.#time[this.length] = time;
    this.#equity[this.length] = equity;
    this.#price[this.length] = price;
    this.length += 1;
  }

  /** Keeps every eighth point, the first included. */
  thin(): void {
    const kept = Math.ceil(this.length / THINNING);
    for (let point = 0; point < kept; point += 1) {
      this.#time[point] = this.#time[THINNING * point] as number;
      this.#equity[point] = this.#equity[THINNING * point] as number;
      this.#price[point] = this.#price[THINNING * point] as number;
    }
    this.length = kept;
  }

  copy(): MutableCurve {
    const copy = new MutableCurve(this.length + 1);
    copy.#time.set(this.#time.subarray(0, this.length));
    copy.#equity.set(this.#equity.subarray(0, this.length));
    copy.#price.set(this.#price.subarray(0, this.length));
    copy.length = this.length;
    return copy;
  }

  view(): EquityCurve {
    return {
      length: this.length,
      time: this.#time.subarray(0, this.length),
      equity: this.#equity.subarray(0, this.length),
      price: this.#price.subarray(0, this.length),
    };
  }

  #resize(capacity: number): void {
    this.#time = grown(this.#time, capacity);
    this.#equity = grown(this.#equity, capacity);
    this.#price = grown(this.#price, capacity);
  }
}

function grown(array: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(capacity);
  larger.set(array);
  return larger;
}
