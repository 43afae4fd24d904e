/** Who took liquidity: a `buy` lifted the ask. */
export type Side = "buy" | "sell";

/** One public trade of the exchange (a tick). */
export interface Trade {
  /** The exchange's id; a string, because ids exceed 2^53. */
  readonly id: string;
  /** Milliseconds since the epoch, UTC; the fraction carries microseconds. */
  readonly time: number;
  readonly price: number;
  /** In units of the base asset (contracts for inverse instruments). */
  readonly quantity: number;
  readonly takerSide: Side;
}

/** Trades as columns; `takerSide` is 1 for buy, -1 for sell, 0 where the source does not say. */
export interface TradeColumns {
  readonly length: number;
  readonly time: Float64Array;
  readonly price: Float64Array;
  readonly quantity: Float64Array;
  readonly takerSide: Int8Array;
  /** Empty when the source has no ids. */
  readonly id: readonly string[];
}
