import type { Bar } from "../../domain/bar.ts";
import { barCloseTime, barOpenTime, type Timeframe } from "../../domain/timeframe.ts";

/** Puts trades or shorter bars together into bars of one timeframe; a bar without a trade shows the price before it and no volume. */
export class BarBuilder {
  readonly timeframe: Timeframe;
  openTime: number;
  closeTime: number;
  #open: number;
  #high: number;
  #low: number;
  #close: number;
  #volume = 0;
  readonly #roundQuantity: (quantity: number) => number;

  /** Starts with the bar that contains a moment, at the price before it. */
  constructor(
    timeframe: Timeframe,
    start: { readonly time: number; readonly price: number; readonly roundQuantity: (q: number) => number },
  ) {
    this.timeframe = timeframe;
    this.openTime = barOpenTime(timeframe, start.time);
    this.closeTime = barCloseTime(timeframe, this.openTime);
    this.#open = start.price;
    this.#high = start.price;
    this.#low = start.price;
    this.#close = start.price;
    this.#roundQuantity = start.roundQuantity;
  }

  /** The bar at hand. */
  get bar(): Bar {
    return {
      openTime: this.openTime,
      open: this.#open,
      high: this.#high,
      low: this.#low,
      close: this.#close,
      volume: this.#volume,
    };
  }

  /** Closes the bars that end by a moment, oldest first. */
  *closeUntil(time: number): Generator<Bar, void, undefined> {
    while (this.closeTime <= time) {
      const { bar } = this;
      this.openTime = this.closeTime;
      this.closeTime = barCloseTime(this.timeframe, this.openTime);
      this.#open = this.#close;
      this.#high = this.#close;
      this.#low = this.#close;
      this.#volume = 0;
      yield bar;
    }
  }

  /** Takes a trade into the bar at hand. */
  add(price: number, quantity: number): void {
    this.merge({ open: price, high: price, low: price, close: price, volume: quantity });
  }

  /** Takes a shorter bar into the bar at hand. */
  merge({ open, high, low, close, volume }: Omit<Bar, "openTime">): void {
    if (volume === 0) return;
    if (this.#volume === 0) {
      this.#open = open;
      this.#high = high;
      this.#low = low;
    }
    this.#high = Math.max(this.#high, high);
    this.#low = Math.min(this.#low, low);
    this.#close = close;
    this.#volume = this.#roundQuantity(this.#volume + volume);
  }
}

/** Bars of a longer timeframe from shorter ones; the first one starts where the first of them does, the last may be unfinished. */
export function mergeBars(bars: readonly Bar[], timeframe: Timeframe, roundQuantity: (quantity: number) => number): Bar[] {
  const first = bars[0];
  if (first === undefined) return [];
  const builder = new BarBuilder(timeframe, { time: first.openTime, price: first.open, roundQuantity });
  const merged: Bar[] = [];
  for (const bar of bars) {
    merged.push(...builder.closeUntil(bar.openTime));
    builder.merge(bar);
  }
  merged.push(builder.bar);
  return merged;
}
