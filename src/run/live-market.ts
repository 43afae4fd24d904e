import type { Scheduler } from "../base/scheduler.ts";
import { columnsOf, type Bar, type BarColumns } from "../domain/bar.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import { timeframeMs } from "../domain/timeframe.ts";
import type { OrderBook } from "../domain/order-book.ts";
import type { Inbox } from "../engine/inbox.ts";
import type { MarketListener, MarketSource, MarketSubscription } from "../engine/market-source.ts";

/** How long a moment waits for the bars of all symbols before those that are there are handed out. */
const GATE_MS = 2_000;

export interface LiveMarketOptions {
  readonly source: MarketSource;
  readonly inbox: Inbox;
  readonly scheduler: Scheduler;
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe;
  /** Which of the events that cost bandwidth somebody listens to. */
  readonly wants: { readonly book: boolean; readonly quote: boolean; readonly funding: boolean };
  /** A symbol's data can be trusted again (no reason), or no longer. */
  readonly onTrust: (symbol: string, reason: string | undefined) => void;
}

/** Lets the market of an exchange flow into the inbox: history first, then what happens. */
export class LiveMarket implements MarketListener {
  readonly #options: LiveMarketOptions;
  readonly #streams = new Map<string, number>();
  /** Bars of one moment that wait for those of the other symbols. */
  readonly #gate = new Map<number, (Bar | undefined)[]>();
  /** Open time of the last bar handed out, by stream. */
  readonly #last: number[];
  #dataAt = NaN;
  latencyMs = NaN;

  constructor(options: LiveMarketOptions) {
    this.#options = options;
    options.symbols.forEach((symbol, stream) => this.#streams.set(symbol, stream));
    this.#last = options.symbols.map(() => -Infinity);
  }

  /** When the last market data arrived, milliseconds; NaN before. */
  get lastDataAt(): number {
    return this.#dataAt;
  }

  /** Fetches the closed bars of a stretch before now and hands them out; returns the close time of the last one. */
  async warmUp(warmupMs: number): Promise<number> {
    const { source, inbox, symbols, timeframe, scheduler } = this.#options;
    const length = timeframeMs(timeframe);
    const to = Math.floor(scheduler.now() / length) * length;
    if (warmupMs <= 0) return to;
    // A month is counted as thirty days and exchanges round weeks: one bar more is never too many.
    const from = to - warmupMs - length;
    const parts: BarColumns[] = [];
    for (const symbol of symbols) parts.push(await source.history(symbol, timeframe, { from, to }));
    // Rows of one moment follow each other, as a session expects them.
    const times = [...new Set(parts.flatMap((part) => [...part.openTime.subarray(0, part.length)]))].toSorted((a, b) => a - b);
    const rows = parts.map(() => 0);
    for (const time of times) {
      const due = parts.flatMap((part, stream) =>
        part.openTime[rows[stream] as number] === time && (rows[stream] as number) < part.length ? [stream] : [],
      );
      due.forEach((stream, index) => {
        const row = rows[stream] as number;
        rows[stream] = row + 1;
        this.#last[stream] = time;
        inbox.push({
          kind: "bars",
          stream,
          columns: parts[stream] as BarColumns,
          from: row,
          to: row + 1,
          ...(index < due.length - 1 ? { more: true } : {}),
        });
      });
    }
    return to;
  }

  /** Starts the streams. */
  follow(): void {
    const { source, symbols, timeframe, wants } = this.#options;
    const { book, funding } = wants;
    source.subscribe(
      symbols.map((symbol): MarketSubscription => ({ symbol, timeframe, trades: true, book, funding })),
      this,
    );
  }

  onBar(symbol: string, _timeframe: Timeframe, bar: Bar): void {
    const stream = this.#see(symbol);
    if (stream === undefined || bar.openTime <= (this.#last[stream] as number)) return;
    const { inbox, symbols, scheduler } = this.#options;
    if (symbols.length === 1) {
      this.#last[stream] = bar.openTime;
      return inbox.push({ kind: "bars", stream, columns: columnsOf([bar]), from: 0, to: 1 });
    }
    let waiting = this.#gate.get(bar.openTime);
    if (waiting === undefined) {
      waiting = symbols.map(() => undefined);
      this.#gate.set(bar.openTime, waiting);
      scheduler.after(GATE_MS, () => this.#open(bar.openTime));
    }
    waiting[stream] = bar;
    if (waiting.every((one) => one !== undefined)) this.#open(bar.openTime);
  }

  onTrade(symbol: string, trade: Parameters<MarketListener["onTrade"]>[1]): void {
    const stream = this.#see(symbol);
    if (stream !== undefined) this.#options.inbox.pushTrade(stream, trade);
  }

  onQuote(symbol: string, quote: Parameters<MarketListener["onQuote"]>[1]): void {
    const stream = this.#see(symbol);
    if (stream !== undefined && this.#options.wants.quote) this.#options.inbox.push({ kind: "quote", stream, quote: { ...quote } });
  }

  onBook(symbol: string, book: OrderBook): void {
    const stream = this.#see(symbol);
    if (stream === undefined) return;
    const { bids, asks, time } = book;
    const copy = { symbol, time, bids: bids.map((level) => ({ ...level })), asks: asks.map((level) => ({ ...level })) };
    this.#options.inbox.push({ kind: "book", stream, book: copy });
  }

  onFunding(symbol: string, funding: Parameters<MarketListener["onFunding"]>[1]): void {
    const stream = this.#see(symbol);
    if (stream !== undefined) this.#options.inbox.push({ kind: "funding", stream, funding });
  }

  onUp(symbol: string): void {
    this.#options.onTrust(symbol, undefined);
  }

  onDown(symbol: string, reason: string): void {
    this.#options.onTrust(symbol, reason);
  }

  onLatency(latencyMs: number): void {
    this.latencyMs = latencyMs;
  }

  #see(symbol: string): number | undefined {
    this.#dataAt = this.#options.scheduler.now();
    return this.#streams.get(symbol);
  }

  /** Hands out the bars of a moment that are there, all earlier moments first. */
  #open(openTime: number): void {
    for (const time of [...this.#gate.keys()].filter((key) => key <= openTime).toSorted((a, b) => a - b)) {
      const waiting = this.#gate.get(time) ?? [];
      this.#gate.delete(time);
      const due = waiting.flatMap((bar, stream) => (bar === undefined || time <= (this.#last[stream] as number) ? [] : [{ bar, stream }]));
      due.forEach(({ bar, stream }, index) => {
        this.#last[stream] = time;
        const more = index < due.length - 1 ? { more: true } : {};
        this.#options.inbox.push({ kind: "bars", stream, columns: columnsOf([bar]), from: 0, to: 1, ...more });
      });
    }
  }
}
