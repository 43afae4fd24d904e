import type { BarColumns } from "../domain/bar.ts";
import type { Funding } from "../domain/funding.ts";
import { barCloseTime, timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import type { BarsEvent, Feed, MarketEvent, StreamInfo } from "./feed.ts";

/** One symbol's bars, chunk after chunk in time order, with its funding payments. */
export interface BarSource {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly chunks: AsyncIterable<BarColumns> | Iterable<BarColumns>;
  /** In time order. */
  readonly funding?: readonly Funding[];
}

/** Recorded bars of one or several symbols as one feed in time order. */
export class MergedFeed implements Feed {
  readonly streams: readonly StreamInfo[];
  readonly #cursors: readonly Cursor[];

  constructor(sources: readonly BarSource[]) {
    this.streams = sources.map(({ symbol, timeframe }) => ({ symbol, timeframe }));
    this.#cursors = sources.map((source, stream) => new Cursor(source, stream));
  }

  next(): MarketEvent | undefined | Promise<MarketEvent | undefined> {
    const waiting = this.#cursors.filter((cursor) => cursor.needsChunk);
    if (waiting.length > 0) return Promise.all(waiting.map((cursor) => cursor.load())).then(() => this.next());
    let first: Cursor | undefined;
    for (const cursor of this.#cursors) if (!cursor.isDone && (first === undefined || cursor.isBefore(first))) first = cursor;
    if (first === undefined) return undefined;
    let limit = Infinity;
    let barLimit = Infinity;
    for (const cursor of this.#cursors) {
      if (cursor === first) continue;
      limit = Math.min(limit, cursor.time);
      if (!cursor.isFunding) barLimit = Math.min(barLimit, cursor.time);
    }
    return first.take({ limit, barLimit });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#cursors.map((cursor) => cursor.close()));
  }
}

/** Where a source has been read to. */
class Cursor {
  readonly #stream: number;
  readonly #timeframe: Timeframe;
  readonly #iterator: AsyncIterator<BarColumns> | Iterator<BarColumns>;
  readonly #funding: readonly Funding[];
  #nextFunding = 0;
  #columns: BarColumns | undefined;
  #row = 0;
  #isExhausted = false;
  /** When the next event counts: the close of the next bar, or the next funding payment. */
  time = Infinity;
  /** Whether the next event is a funding payment. */
  isFunding = false;

  constructor({ chunks, timeframe, funding = [] }: BarSource, stream: number) {
    this.#stream = stream;
    this.#timeframe = timeframe;
    this.#iterator = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
    this.#funding = funding;
  }

  get needsChunk(): boolean {
    return !this.#isExhausted && (this.#columns === undefined || this.#row >= this.#columns.length);
  }

  get isDone(): boolean {
    return this.time === Infinity;
  }

  async load(): Promise<void> {
    const next = await this.#iterator.next();
    if (next.done === true) {
      this.#isExhausted = true;
      this.#columns = undefined;
    } else {
      this.#columns = next.value;
      this.#row = 0;
    }
    this.#findTime();
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  /** Whether its next event comes first. At one moment all bars come before any funding, so that handlers see all of them. */
  isBefore(other: Cursor): boolean {
    return this.time < other.time || (this.time === other.time && !this.isFunding && other.isFunding);
  }

  /**
   * Takes the next funding payment, or as many bars as come before `limit`, when something of another symbol is due, and at
   * least one. `barLimit` is when another symbol's next bar counts.
   */
  take({ limit, barLimit }: { readonly limit: number; readonly barLimit: number }): MarketEvent {
    const funding = this.#funding[this.#nextFunding];
    if (funding !== undefined && this.isFunding) {
      this.#nextFunding += 1;
      this.#findTime();
      return { kind: "funding", stream: this.#stream, funding };
    }
    const columns = this.#columns as BarColumns;
    const from = this.#row;
    const bound = Math.min(limit, this.#fundingTime());
    let to = from + 1;
    if (bound === Infinity) to = columns.length;
    else while (to < columns.length && this.#closeTime(columns, to) < bound) to += 1;
    this.#row = to;
    const more = this.#closeTime(columns, to - 1) === barLimit;
    this.#findTime();
    const event: BarsEvent = { kind: "bars", stream: this.#stream, columns, from, to, more };
    return event;
  }

  #findTime(): void {
    this.isFunding = this.#fundingTime() < this.#barTime();
    this.time = Math.min(this.#barTime(), this.#fundingTime());
    // A source whose chunk is used up has to be loaded before anybody knows what comes next.
    if (this.needsChunk) this.time = -Infinity;
  }

  #barTime(): number {
    if (this.#columns === undefined || this.#row >= this.#columns.length) return Infinity;
    return this.#closeTime(this.#columns, this.#row);
  }

  #fundingTime(): number {
    return this.#funding[this.#nextFunding]?.time ?? Infinity;
  }

  #closeTime(columns: BarColumns, row: number): number {
    const openTime = columns.openTime[row] as number;
    return this.#timeframe === "1M" ? barCloseTime("1M", openTime) : openTime + timeframeMs(this.#timeframe);
  }
}
