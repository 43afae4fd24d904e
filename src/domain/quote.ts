/** The best prices of both sides of an order book. */
export interface Quote {
  /** Milliseconds since the epoch, UTC. */
  readonly time: number;
  readonly bidPrice: number;
  readonly bidQuantity: number;
  readonly askPrice: number;
  readonly askQuantity: number;
}
