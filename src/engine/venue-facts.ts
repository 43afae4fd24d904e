import type { OrderStatus, OrderType, PositionSide, TimeInForce } from "../domain/order.ts";
import type { Side } from "../domain/trade.ts";

/**
 * What a refusal is about. It decides what happens next: most end the order, some tell that the request or the account has to be
 * looked at first.
 */
export const REJECT_CLASSES = [
  "funds",
  "grid",
  "price",
  "reduceOnly",
  "wouldTrigger",
  "positionMode",
  "duplicate",
  "gone",
  "rate",
  "permission",
  "busy",
  "timestamp",
  "liquidation",
  "notTrading",
  "other",
] as const;
export type RejectClass = (typeof REJECT_CLASSES)[number];

/** An order as the exchange tells it. */
export interface VenueOrder {
  /** Empty when the exchange does not say. */
  readonly clientOrderId: string;
  readonly orderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly type: OrderType;
  readonly quantity: number;
  readonly price?: number | undefined;
  readonly triggerPrice?: number | undefined;
  readonly timeInForce: TimeInForce;
  readonly reduceOnly: boolean;
  /** `open`, `partiallyFilled`, `filled`, `cancelled`, `rejected` or `expired`; `unknown` for a status that this version has never heard of. */
  readonly status: OrderStatus;
  readonly filledQuantity: number;
  /** NaN before the first fill. */
  readonly averagePrice: number;
  /** Milliseconds since the epoch, UTC. */
  readonly updatedAt: number;
  readonly reason?: string | undefined;
}

/** An execution as the exchange tells it. */
export interface VenueFill {
  /** Unique per symbol at the exchange. */
  readonly tradeId: string;
  readonly orderId: string;
  /** Empty when the exchange does not say, as in the history of trades. */
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly price: number;
  readonly quantity: number;
  readonly fee: number;
  readonly feeAsset: string;
  readonly liquidity: "maker" | "taker";
  readonly time: number;
  /** `liquidation` and `adl` are the exchange's own doing. */
  readonly cause: "order" | "liquidation" | "adl";
}

export interface VenuePosition {
  readonly symbol: string;
  readonly side: PositionSide;
  /** Above zero long, below zero short. */
  readonly quantity: number;
  /** NaN when flat. */
  readonly entryPrice: number;
}

/**
 * Up to when everything that an exchange tells has been asked for and answered, milliseconds by the exchange's clock. What a stream has
 * told by itself proves no such thing: something before it may have been lost.
 */
export interface SeenUntil {
  /** Fills, by symbol. */
  readonly fills: Readonly<Record<string, number>>;
  readonly transfers: number;
}

/** Money that moved without a trade. `id` is unique per kind, so that one seen twice is booked once. */
export interface VenueTransfer {
  readonly kind: "funding" | "transfer" | "other";
  readonly id: string;
  readonly asset: string;
  /** Above zero received, below zero paid. */
  readonly amount: number;
  readonly symbol?: string | undefined;
  readonly time: number;
}
