import type { OrderBook } from "../../src/domain/order-book.ts";
import type { Quote } from "../../src/domain/quote.ts";
import type { Trade } from "../../src/domain/trade.ts";

/** The handler of the benchmark: adds up what it is shown, so that nobody can do less than the others unnoticed. */
export class Tally {
  digest = 0;
  handled = 0;

  book(book: OrderBook): void {
    this.pair(book.bids[0]?.price ?? NaN, book.asks[0]?.price ?? NaN);
  }

  trade({ price, quantity }: Pick<Trade, "price" | "quantity">): void {
    this.digest += price * quantity;
    this.handled += 1;
  }

  quote({ bidPrice, askPrice }: Pick<Quote, "bidPrice" | "askPrice">): void {
    this.pair(bidPrice, askPrice);
  }

  /** A best bid and a best ask. */
  pair(bid: number, ask: number): void {
    this.digest += bid + ask;
    this.handled += 1;
  }
}
