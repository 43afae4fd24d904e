import type { Bar, BarColumns } from "../../domain/bar.ts";
import { CandleAverage } from "./candle-averages.ts";
import type { CandleMeasure, CandleSetting } from "./candle-settings.ts";

/** Rows of a column that are taken at a time: few enough to stay in the processor's nearest cache. */
export const CHUNK = 240;

/** When a pattern begins to look and to answer. */
export interface CandlesOptions {
  /** Bars until the first answer, without those that limits are averaged from. */
  readonly warmup: number;
  /** Bars before the first answer in which the pattern already looks. */
  readonly ahead: number;
  /** The longest period that a limit may have. */
  readonly periodMax: number;
}

/**
 * The last candles by row, in a window that moves on when it is full, with the limits a pattern compares them with.
 *
 * A candle that closes where it opened counts as white, as in TA-Lib. What is done for every bar stands here and not in the
 * patterns: they are many classes, and code that meets one class only runs several times as fast.
 */
export class Candles {
  /** Candles that stay when the window moves on. */
  readonly #kept: number;
  readonly #capacity: number;
  readonly #ahead: number;
  readonly #open: Float64Array;
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  readonly #close: Float64Array;
  /** Measures by row, where a limit asks for them. */
  #bodies: Float64Array | undefined = undefined;
  #ranges: Float64Array | undefined = undefined;
  #shadows: Float64Array | undefined = undefined;
  readonly #limits: CandleAverage[] = [];
  #warmup: number;
  /** Bars seen, up to the warm-up. */
  #seen = 0;
  #next = 0;

  constructor({ warmup, ahead, periodMax }: CandlesOptions) {
    const kept = warmup + periodMax;
    const capacity = kept + Math.max(kept, CHUNK);
    this.#kept = kept;
    this.#capacity = capacity;
    this.#ahead = ahead;
    this.#warmup = warmup;
    this.#open = new Float64Array(capacity);
    this.#high = new Float64Array(capacity);
    this.#low = new Float64Array(capacity);
    this.#close = new Float64Array(capacity);
  }

  /** Whether the first answer is due with the latest candle or has been given. */
  get isWarm(): boolean {
    return this.#seen === this.#warmup;
  }

  /** Whether the pattern is to look at the latest candle. */
  get isWatched(): boolean {
    return this.#seen >= this.#warmup - this.#ahead;
  }

  /** A limit for the candle that stands `shift` candles before the pattern's last. */
  limit(setting: CandleSetting, shift: number): CandleAverage {
    const limit = new CandleAverage(this.#measured(setting.measure), setting, shift);
    this.#limits.push(limit);
    return limit;
  }

  /** Puts the first answer off. */
  delay(bars: number): void {
    this.#warmup += bars;
  }

  /** Forgets all candles. */
  clear(): void {
    this.#seen = 0;
    this.#next = 0;
  }

  /** Takes the next bar and gives its row, which is good until the next call. */
  push(bar: Bar): number {
    const row = this.#makeRoom(1);
    this.#open[row] = bar.open;
    this.#high[row] = bar.high;
    this.#low[row] = bar.low;
    this.#close[row] = bar.close;
    this.#measure(row, row + 1);
    if (this.#seen === this.#warmup) this.#advance(row, row + 1);
    else this.#warmUp(row);
    return row;
  }

  /** Takes `count` bars of the columns, up to `CHUNK`, and gives the row of the first. To be used after the warm-up. */
  take({ open, high, low, close }: BarColumns, from: number, count: number): number {
    const row = this.#makeRoom(count);
    this.#open.set(open.subarray(from, from + count), row);
    this.#high.set(high.subarray(from, from + count), row);
    this.#low.set(low.subarray(from, from + count), row);
    this.#close.set(close.subarray(from, from + count), row);
    this.#measure(row, row + count);
    this.#advance(row, row + count);
    return row;
  }

  open(row: number): number {
    return this.#open[row] as number;
  }

  high(row: number): number {
    return this.#high[row] as number;
  }

  low(row: number): number {
    return this.#low[row] as number;
  }

  close(row: number): number {
    return this.#close[row] as number;
  }

  isWhite(row: number): boolean {
    return this.close(row) >= this.open(row);
  }

  isBlack(row: number): boolean {
    return !this.isWhite(row);
  }

  /** 1 for white, −1 for black. */
  color(row: number): 1 | -1 {
    return this.isWhite(row) ? 1 : -1;
  }

  /** Length from low to high. */
  range(row: number): number {
    return this.high(row) - this.low(row);
  }

  /** Length of the body. */
  body(row: number): number {
    return Math.abs(this.close(row) - this.open(row));
  }

  /** The upper end of the body. */
  top(row: number): number {
    return Math.max(this.open(row), this.close(row));
  }

  /** The lower end of the body. */
  bottom(row: number): number {
    return Math.min(this.open(row), this.close(row));
  }

  upperShadow(row: number): number {
    return this.high(row) - Math.max(this.open(row), this.close(row));
  }

  lowerShadow(row: number): number {
    return Math.min(this.open(row), this.close(row)) - this.low(row);
  }

  /** Whether the whole body of `row` lies above that of `before`. */
  bodyGapsUp(row: number, before: number): boolean {
    return this.bottom(row) > this.top(before);
  }

  /** Whether the whole body of `row` lies below that of `before`. */
  bodyGapsDown(row: number, before: number): boolean {
    return this.top(row) < this.bottom(before);
  }

  /** Whether the candle with its shadows lies above the one before. */
  gapsUp(row: number, before: number): boolean {
    return this.low(row) > this.high(before);
  }

  /** Whether the candle with its shadows lies below the one before. */
  gapsDown(row: number, before: number): boolean {
    return this.high(row) < this.low(before);
  }

  #warmUp(row: number): void {
    this.#seen += 1;
    const first = this.#warmup - this.#ahead;
    if (this.#seen > first) this.#advance(row, row + 1);
    if (this.#seen !== first) return;
    for (const limit of this.#limits) limit.start(row);
  }

  #advance(from: number, to: number): void {
    const limits = this.#limits;
    for (let index = 0; index < limits.length; index += 1) (limits[index] as CandleAverage).advance(from, to);
  }

  /** The first of `count` rows that are free, and are taken from now on. */
  #makeRoom(count: number): number {
    if (this.#next + count > this.#capacity) this.#moveOn();
    const row = this.#next;
    this.#next = row + count;
    return row;
  }

  #moveOn(): void {
    const from = Math.max(0, this.#next - this.#kept);
    for (const column of [this.#open, this.#high, this.#low, this.#close]) column.copyWithin(0, from, this.#next);
    this.#next -= from;
    this.#measure(0, this.#next);
  }

  #measured(measure: CandleMeasure): Float64Array {
    switch (measure) {
      case "body":
        return (this.#bodies ??= new Float64Array(this.#capacity));
      case "range":
        return (this.#ranges ??= new Float64Array(this.#capacity));
      case "shadows":
        return (this.#shadows ??= new Float64Array(this.#capacity));
    }
  }

  #measure(from: number, to: number): void {
    if (this.#bodies !== undefined) this.#measureBodies(this.#bodies, from, to);
    if (this.#ranges !== undefined) this.#measureRanges(this.#ranges, from, to);
    if (this.#shadows !== undefined) this.#measureShadows(this.#shadows, from, to);
  }

  #measureBodies(bodies: Float64Array, from: number, to: number): void {
    for (let row = from; row < to; row += 1) bodies[row] = this.body(row);
  }

  #measureRanges(ranges: Float64Array, from: number, to: number): void {
    for (let row = from; row < to; row += 1) ranges[row] = this.range(row);
  }

  #measureShadows(shadows: Float64Array, from: number, to: number): void {
    for (let row = from; row < to; row += 1) shadows[row] = this.upperShadow(row) + this.lowerShadow(row);
  }
}
