import type { EquityRecorder } from "../analytics/equity-recorder.ts";
import type { HandlerResult } from "../expert/expert.ts";
import type { MarketObserver, QuietRange } from "./exchange.ts";
import type { BarsEvent } from "./feed.ts";
import type { BarSeries } from "./series.ts";
import type { SessionCore } from "./session-core.ts";
import type { StreamState } from "./stream-state.ts";

const ALWAYS_QUIET: QuietRange = { up: Infinity, down: -Infinity };

/**
 * Walks rows on which nothing happens but the passing of prices: no order can fire, nothing is due, no coarser bar closes.
 * Most rows are like that, so this one loop decides how fast a backtest is. It does exactly what the session does with such
 * a row, in the same order, and stops at the first row that is different.
 */
export class QuietRun {
  readonly #core: SessionCore;
  readonly #recorder: EquityRecorder;
  readonly #observer: MarketObserver | undefined;
  readonly #stream: StreamState;
  readonly #index: number;
  readonly #range: QuietRange;
  /** What the handler of the last row gave back. */
  result: HandlerResult = undefined;
  /** Open time of the last row that was walked. */
  lastOpenTime = NaN;

  constructor(core: SessionCore, recorder: EquityRecorder, observer: MarketObserver | undefined, index: number) {
    this.#core = core;
    this.#recorder = recorder;
    this.#observer = observer;
    this.#index = index;
    this.#stream = core.streams[index] as StreamState;
    this.#range = observer === undefined ? ALWAYS_QUIET : observer.quietRange(index);
  }

  /** Whether rows of this stream can be walked here at all, as long as the expert's set-up stays as it is. */
  get isPossible(): boolean {
    const { base, timeframe, shortBook } = this.#stream;
    const [first] = base.handlers;
    // The equity curve carries the first symbol's price, which is not what the rows of another symbol say.
    if (this.#index !== 0) return false;
    return timeframe !== "1M" && shortBook === undefined && base.handlers.length < 2 && (first === undefined || first.length === 0);
  }

  /** Walks from `row` to the first row that is not quiet, at most to `end`, and returns it. `deadline` is when something is due. */
  walk({ columns }: BarsEvent, first: number, end: number, deadline: number): number {
    const stream = this.#stream;
    const { book, base, coarser, barMs } = stream;
    for (let index = 0; index < coarser.length; index += 1) if (!(coarser[index] as BarSeries).isForming) return first;
    const core = this.#core;
    const recorder = this.#recorder;
    const { portfolio } = core;
    const { openTime: openTimes, high: highs, low: lows, close: closes, volume: volumes } = columns;
    const { up, down } = this.#range;
    const { isRead } = base;
    const handler = base.handlers[0] as (() => HandlerResult) | undefined;
    const isOpen = book.quantitySteps !== 0;
    const isMixed = portfolio.openCount > (isOpen ? 1 : 0) || (isOpen && book.math.isInverse);
    const { offset, slope } = book;
    const { wallet } = portfolio;
    if (handler === undefined && !isRead && !isMixed) return this.#glide(columns, first, end, deadline);
    const held = wallet + offset;
    const activity = core.activity;
    let { equity } = portfolio;
    let row = first;
    core.where = handler === undefined ? "" : base.where;
    let runHigh = -Infinity;
    let runLow = Infinity;
    for (; row < end; row += 1) {
      const openTime = openTimes[row] as number;
      const high = highs[row] as number;
      const low = lows[row] as number;
      if (!(openTime + barMs < deadline) || high >= up || low <= down) break;
      const close = closes[row] as number;
      if (high > runHigh) runHigh = high;
      if (low < runLow) runLow = low;
      if (isMixed) {
        book.price = close;
        portfolio.revalueOpen();
        equity = portfolio.equity;
      } else if (isOpen) equity = held + slope * close;
      for (let index = 0; index < coarser.length; index += 1) (coarser[index] as BarSeries).addVolume(volumes[row] as number);
      if (isMixed) recorder.mark(openTime, equity, close, true);
      if (isRead) base.takeRow(columns, row);
      if (handler === undefined) continue;
      this.#show(row, columns, equity);
      const result = handler();
      if (result === undefined && core.activity === activity) continue;
      this.result = result;
      row += 1;
      break;
    }
    core.where = "";
    if (row === first) return row;
    if (!isMixed) recorder.markRows(openTimes, closes, first, row, isOpen ? held : equity, isOpen ? slope : 0, isOpen);
    this.#leave(row - 1, columns, equity, { rows: row - first, high: runHigh, low: runLow });
    return row;
  }

  /** The same where nobody looks at the single row: two loops without a call in them. */
  #glide(columns: BarsEvent["columns"], first: number, end: number, deadline: number): number {
    const { book, coarser, barMs } = this.#stream;
    const { openTime: times, high: highs, low: lows, close: closes, volume: volumes } = columns;
    const { up, down } = this.#range;
    const lastTime = deadline - barMs;
    let row = first;
    let runHigh = -Infinity;
    let runLow = Infinity;
    for (; row < end; row += 1) {
      const high = highs[row] as number;
      const low = lows[row] as number;
      if (!((times[row] as number) < lastTime) || high >= up || low <= down) break;
      if (high > runHigh) runHigh = high;
      if (low < runLow) runLow = low;
    }
    if (row === first) return row;
    for (let index = 0; index < coarser.length; index += 1) (coarser[index] as BarSeries).addVolumes(volumes, first, row);
    const isOpen = book.quantitySteps !== 0;
    const { wallet } = this.#core.portfolio;
    const base = isOpen ? wallet + book.offset : this.#core.portfolio.equity;
    const slope = isOpen ? book.slope : 0;
    this.#recorder.markRows(times, closes, first, row, base, slope, isOpen);
    this.#leave(row - 1, columns, base + slope * (closes[row - 1] as number), { rows: row - first, high: runHigh, low: runLow });
    return row;
  }

  /** Lets the handler see the present. */
  #show(row: number, columns: BarsEvent["columns"], equity: number): void {
    const core = this.#core;
    core.now = (columns.openTime[row] as number) + this.#stream.barMs;
    core.portfolio.equity = equity;
    core.unsynced = this.#index;
    this.#stream.book.price = columns.close[row] as number;
    this.#stream.lastVolume = columns.volume[row] as number;
  }

  /** Writes down what the walk has changed, up to and with its last row. */
  #leave(last: number, columns: BarsEvent["columns"], equity: number, run: { rows: number; high: number; low: number }): void {
    const stream = this.#stream;
    const { book } = stream;
    const openTime = columns.openTime[last] as number;
    const close = columns.close[last] as number;
    this.lastOpenTime = openTime;
    stream.lastOpenTime = openTime;
    stream.lastVolume = columns.volume[last] as number;
    book.price = close;
    if (book.quantitySteps !== 0) book.sawRange(run.high, run.low, run.rows);
    for (const series of stream.coarser) series.absorbRange(run.high, run.low, close);
    this.#core.portfolio.equity = equity;
    this.#core.now = openTime + stream.barMs;
    this.#core.unsynced = -1;
    this.#observer?.onQuiet(this.#index, close, openTime + stream.barMs);
  }
}
