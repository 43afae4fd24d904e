import type { Bar } from "../domain/bar.ts";
import type { BarHistory } from "../expert/expert.ts";

/** The last closed bars of a series in a ring. */
export class HistoryRing implements BarHistory {
  /** How many bars it holds at most. */
  readonly capacity: number;
  readonly #columns: readonly Float64Array[];
  #next = 0;
  #length = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#columns = Array.from({ length: 6 }, () => new Float64Array(capacity));
  }

  get length(): number {
    return this.#length;
  }

  push(bar: Bar): void {
    const [openTime, open, high, low, close, volume] = this.#columns as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const at = this.#next;
    openTime[at] = bar.openTime;
    open[at] = bar.open;
    high[at] = bar.high;
    low[at] = bar.low;
    close[at] = bar.close;
    volume[at] = bar.volume;
    this.#next = at + 1 === this.capacity ? 0 : at + 1;
    if (this.#length < this.capacity) this.#length += 1;
  }

  openTime(back: number): number {
    return this.#value(0, back);
  }

  open(back: number): number {
    return this.#value(1, back);
  }

  high(back: number): number {
    return this.#value(2, back);
  }

  low(back: number): number {
    return this.#value(3, back);
  }

  close(back: number): number {
    return this.#value(4, back);
  }

  volume(back: number): number {
    return this.#value(5, back);
  }

  at(back: number): Bar | undefined {
    if (!(back >= 0 && back < this.#length)) return undefined;
    return {
      openTime: this.openTime(back),
      open: this.open(back),
      high: this.high(back),
      low: this.low(back),
      close: this.close(back),
      volume: this.volume(back),
    };
  }

  #value(column: number, back: number): number {
    if (!(back >= 0 && back < this.#length)) return NaN;
    const at = this.#next - 1 - back;
    return (this.#columns[column] as Float64Array)[at < 0 ? at + this.capacity : at] as number;
  }
}
