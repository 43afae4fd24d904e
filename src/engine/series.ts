import type { Bar, BarColumns } from "../domain/bar.ts";
import { barCloseTime, barOpenTime, timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import type { HandlerResult } from "../expert/expert.ts";
import type { Indicator } from "../indicators/indicator.ts";
import { HistoryRing } from "./history.ts";

/** A bar whose numbers change in place: one object serves a whole run. */
export class LiveBar implements Bar {
  openTime = NaN;
  open = NaN;
  high = NaN;
  low = NaN;
  close = NaN;
  volume = NaN;

  /** The bar as plain data of its own. */
  snapshot(): Bar {
    return { openTime: this.openTime, open: this.open, high: this.high, low: this.low, close: this.close, volume: this.volume };
  }
}

export type BarHandler = (bar: Bar, symbol: string) => HandlerResult;

/**
 * The closed bars of one symbol and timeframe: what follows them, and how they are built from the bars of the feed. A bar
 * exists for indicators and handlers only when it has closed; the one that is forming is out of their reach.
 */
export class BarSeries {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** How error messages call its handlers. */
  readonly where: string;
  /** The last closed bar. */
  readonly bar = new LiveBar();
  readonly handlers: BarHandler[] = [];
  readonly #indicators: Indicator[] = [];
  readonly #forming = new LiveBar();
  readonly #histories: HistoryRing[] = [];
  /** Whether anything reads the bars themselves. */
  isRead = false;
  /** When the forming bar closes, milliseconds; Infinity when none is forming. */
  formingUntil = Infinity;

  constructor(symbol: string, timeframe: Timeframe) {
    this.symbol = symbol;
    this.timeframe = timeframe;
    this.where = `onBar("${timeframe}") handler`;
  }

  /** Longest warm-up of the indicators, in bars of this series. */
  get warmup(): number {
    return this.#indicators.reduce((longest, indicator) => Math.max(longest, indicator.warmup), 0);
  }

  track(indicator: Indicator): void {
    this.isRead = true;
    if (!this.#indicators.includes(indicator)) this.#indicators.push(indicator);
  }

  /** The history of that many bars. */
  history(capacity: number): HistoryRing {
    this.isRead = true;
    let history = this.#histories.find((candidate) => candidate.capacity === capacity);
    if (history === undefined) {
      history = new HistoryRing(capacity);
      this.#histories.push(history);
    }
    return history;
  }

  addHandler(handler: BarHandler): void {
    // Only a handler that declares the bar gets an object of its own; the others cost no allocation.
    if (handler.length > 0) this.isRead = true;
    this.handlers.push(handler);
  }

  /** Takes a row of the feed over as this series' closed bar. On the hot path. */
  takeRow(columns: BarColumns, row: number): void {
    const { bar } = this;
    bar.openTime = columns.openTime[row] as number;
    bar.open = columns.open[row] as number;
    bar.high = columns.high[row] as number;
    bar.low = columns.low[row] as number;
    bar.close = columns.close[row] as number;
    bar.volume = columns.volume[row] as number;
    this.#publish();
  }

  /** Adds a row of the feed, whose bar closes at `closeTime`, to the forming bar. Returns whether that has closed with it. */
  absorb(columns: BarColumns, row: number, closeTime: number): boolean {
    const forming = this.#forming;
    const high = columns.high[row] as number;
    const low = columns.low[row] as number;
    if (this.formingUntil === Infinity) {
      const openTime = barOpenTime(this.timeframe, columns.openTime[row] as number);
      // A row that comes after its bar was handed out without it comes too late.
      if (openTime <= this.bar.openTime) return false;
      forming.openTime = openTime;
      this.formingUntil = barCloseTime(this.timeframe, forming.openTime);
      forming.open = columns.open[row] as number;
      forming.high = high;
      forming.low = low;
      forming.volume = columns.volume[row] as number;
    } else {
      if (high > forming.high) forming.high = high;
      if (low < forming.low) forming.low = low;
      forming.volume += columns.volume[row] as number;
    }
    forming.close = columns.close[row] as number;
    if (closeTime < this.formingUntil) return false;
    this.closeForming();
    return true;
  }

  get isForming(): boolean {
    return this.formingUntil !== Infinity;
  }

  /** Adds the volume of a row to the forming bar, whose prices follow with `absorbRange`. */
  addVolume(volume: number): void {
    this.#forming.volume += volume;
  }

  /** Adds the volumes of rows, one after the other. */
  addVolumes(volumes: Float64Array, from: number, to: number): void {
    let volume = this.#forming.volume;
    for (let row = from; row < to; row += 1) volume += volumes[row] as number;
    this.#forming.volume = volume;
  }

  /** Adds the prices of rows that all lie inside the forming bar. */
  absorbRange(high: number, low: number, close: number): void {
    const forming = this.#forming;
    if (high > forming.high) forming.high = high;
    if (low < forming.low) forming.low = low;
    forming.close = close;
  }

  /** Adds one trade to the forming bar; bars of trades close when time passes their end. */
  absorbTrade(price: number, quantity: number, time: number): void {
    const forming = this.#forming;
    if (this.formingUntil === Infinity) {
      forming.openTime = barOpenTime(this.timeframe, time);
      this.formingUntil = barCloseTime(this.timeframe, forming.openTime);
      forming.open = price;
      forming.high = price;
      forming.low = price;
      forming.volume = quantity;
    } else {
      if (price > forming.high) forming.high = price;
      if (price < forming.low) forming.low = price;
      forming.volume += quantity;
    }
    forming.close = price;
  }

  /** Hands the forming bar out as closed. */
  closeForming(): void {
    const { bar } = this;
    const forming = this.#forming;
    bar.openTime = forming.openTime;
    bar.open = forming.open;
    bar.high = forming.high;
    bar.low = forming.low;
    bar.close = forming.close;
    bar.volume = forming.volume;
    this.formingUntil = Infinity;
    this.#publish();
  }

  /** Length in milliseconds, for ordering and warm-up. */
  get lengthMs(): number {
    return timeframeMs(this.timeframe);
  }

  #publish(): void {
    const indicators = this.#indicators;
    for (let index = 0; index < indicators.length; index += 1) (indicators[index] as Indicator).update(this.bar);
    const histories = this.#histories;
    for (let index = 0; index < histories.length; index += 1) (histories[index] as HistoryRing).push(this.bar);
  }
}
