/** One side's price level. */
export interface BookLevel {
  readonly price: number;
  readonly quantity: number;
}

/** A state of the order book, best levels first. */
export interface OrderBook {
  readonly symbol: string;
  /** Milliseconds since the epoch, UTC. */
  readonly time: number;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}
