import type { BookLevel } from "../../src/domain/order-book.ts";
import type { MarketListener } from "../../src/engine/market-source.ts";

/** Everything a listener is told, in order, in short lines. */
export class Recorder implements MarketListener {
  readonly lines: string[] = [];
  readonly bars: number[] = [];
  readonly trades: string[] = [];
  readonly quotes: string[] = [];
  readonly books: string[] = [];
  /** Whole books, comparable with the exchange's own states. */
  readonly bookStates: string[] = [];
  readonly fundings: string[] = [];
  /** `up`, or `down` and why, with the time since the start in seconds. */
  readonly states: string[] = [];
  readonly #clock: () => number;
  latencyMs = NaN;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  onBar: MarketListener["onBar"] = (_symbol, timeframe, bar) => {
    this.bars.push(bar.openTime);
    this.lines.push(`bar ${timeframe} ${bar.openTime}`);
  };

  onTrade: MarketListener["onTrade"] = (_symbol, trade) => {
    this.trades.push(trade.id);
    this.lines.push(`trade ${trade.id}`);
  };

  onQuote: MarketListener["onQuote"] = (_symbol, quote) => {
    this.quotes.push(`${quote.bidPrice} ${quote.askPrice}`);
  };

  onBook: MarketListener["onBook"] = (_symbol, book) => {
    this.books.push(`${book.bids[0]?.price ?? ""} ${book.asks[0]?.price ?? ""}`);
    this.bookStates.push(bookText(textsOf(book.bids), textsOf(book.asks)));
  };

  onFunding: MarketListener["onFunding"] = (_symbol, funding) => {
    this.fundings.push(`${funding.time} ${funding.rate} ${funding.markPrice ?? ""}`);
  };

  onUp: MarketListener["onUp"] = () => {
    this.states.push(`up ${this.#seconds()}`);
  };

  onDown: MarketListener["onDown"] = (_symbol, reason) => {
    this.states.push(`down ${this.#seconds()} ${reason}`);
  };

  onLatency = (latencyMs: number): void => {
    this.latencyMs = latencyMs;
  };

  get isUp(): boolean {
    return this.states.at(-1)?.startsWith("up") === true;
  }

  #seconds(): number {
    return Math.round(this.#clock() / 100) / 10;
  }
}

/** All levels of a book, in an order that does not depend on how it came about. */
export function bookText(...sides: ReadonlyArray<ReadonlyMap<string, string>>): string {
  return sides
    .map((side) =>
      [...side]
        .map(([price, quantity]) => `${Number(price)}x${Number(quantity)}`)
        .toSorted()
        .join(" "),
    )
    .join(" | ");
}

function textsOf(levels: readonly BookLevel[]): ReadonlyMap<string, string> {
  return new Map(levels.map(({ price, quantity }) => [String(price), String(quantity)]));
}
