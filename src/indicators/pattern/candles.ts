import type { Bar, BarColumns } from "../../domain/bar.ts";

const ROOM = 128;

/**
 * The candles a pattern looks at, by row: the last ones of a stream, kept in a window that moves on now and then, or whole
 * columns while those are read. A candle that closes where it opened counts as white, as in TA-Lib.
 */
export class Candles {
  #open: Float64Array;
  #high: Float64Array;
  #low: Float64Array;
  #close: Float64Array;
  /** Candles that stay when the window moves on. */
  readonly #kept: number;
  readonly #capacity: number;
  readonly #window: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
  #next = 0;

  constructor(kept: number) {
    const capacity = kept + ROOM;
    const memory = new Float64Array(4 * capacity);
    const part = (index: number): Float64Array => memory.subarray(index * capacity, (index + 1) * capacity);
    this.#kept = kept;
    this.#capacity = capacity;
    this.#window = [part(0), part(1), part(2), part(3)];
    [this.#open, this.#high, this.#low, this.#close] = this.#window;
  }

  /** Takes the next bar and gives its row, which is good until the next call. */
  push(bar: Bar): number {
    if (this.#next === this.#capacity) this.#moveOn();
    const row = this.#next;
    this.#open[row] = bar.open;
    this.#high[row] = bar.high;
    this.#low[row] = bar.low;
    this.#close[row] = bar.close;
    this.#next = row + 1;
    return row;
  }

  clear(): void {
    this.#next = 0;
  }

  /** Makes the rows those of the columns, until `remember`. */
  read({ open, high, low, close }: BarColumns): void {
    this.#open = open;
    this.#high = high;
    this.#low = low;
    this.#close = close;
  }

  /** Goes back to the window and keeps the last rows of the columns in it, so that a stream can go on from there. */
  remember({ open, high, low, close, length }: BarColumns): void {
    const from = Math.max(0, length - this.#kept);
    [this.#open, this.#high, this.#low, this.#close] = this.#window;
    this.#open.set(open.subarray(from, length));
    this.#high.set(high.subarray(from, length));
    this.#low.set(low.subarray(from, length));
    this.#close.set(close.subarray(from, length));
    this.#next = length - from;
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

  /** Length of the body. */
  body(row: number): number {
    return Math.abs(this.close(row) - this.open(row));
  }

  /** Length from low to high. */
  range(row: number): number {
    return this.high(row) - this.low(row);
  }

  upperShadow(row: number): number {
    return this.high(row) - (this.isWhite(row) ? this.close(row) : this.open(row));
  }

  lowerShadow(row: number): number {
    return (this.isWhite(row) ? this.open(row) : this.close(row)) - this.low(row);
  }

  /** The upper end of the body. */
  top(row: number): number {
    const open = this.open(row);
    const close = this.close(row);
    return open > close ? open : close;
  }

  /** The lower end of the body. */
  bottom(row: number): number {
    const open = this.open(row);
    const close = this.close(row);
    return open < close ? open : close;
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

  #moveOn(): void {
    const from = this.#capacity - this.#kept;
    for (const column of this.#window) column.copyWithin(0, from);
    this.#next = this.#kept;
  }
}
