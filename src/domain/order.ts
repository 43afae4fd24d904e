import type { Side } from "./trade.ts";

/**
 * `stop` and `takeProfit` become market orders when the trigger price is touched, `stopLimit` and `takeProfitLimit` become
 * limit orders. `trailingStop` is a stop that follows the best price at a distance.
 */
export const ORDER_TYPES = ["market", "limit", "stop", "stopLimit", "takeProfit", "takeProfitLimit", "trailingStop"] as const;
export type OrderType = (typeof ORDER_TYPES)[number];

/** Good till cancelled, immediate or cancel, fill or kill, good till date. */
export const TIME_IN_FORCES = ["GTC", "IOC", "FOK", "GTD"] as const;
export type TimeInForce = (typeof TIME_IN_FORCES)[number];

/** In one-way mode there is one position per symbol (`net`); in hedge mode a long and a short one. */
export type PositionSide = "net" | "long" | "short";

/** Why an order exists; kept for the trade list and for exit statistics. */
export type OrderPurpose = "entry" | "exit" | "stopLoss" | "takeProfit" | "trailingStop" | "liquidation";

/** What an expert asks for, after sizing and rounding and before risk has looked at it. */
export interface OrderRequest {
  /** Unique for ever across runs, made by the session. */
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly type: OrderType;
  /** On the instrument's quantity grid, above zero. */
  readonly quantity: number;
  /** Limit price, on the price grid; for `limit`, `stopLimit` and `takeProfitLimit`. */
  readonly price?: number | undefined;
  /** Touching it arms a `stop`, `stopLimit`, `takeProfit` or `takeProfitLimit`. */
  readonly triggerPrice?: number | undefined;
  /** Distance of a `trailingStop` from the best price, in percent of that price. */
  readonly trailingPct?: number | undefined;
  /** The price that switches a `trailingStop` on; on at once when absent. */
  readonly activationPrice?: number | undefined;
  readonly timeInForce: TimeInForce;
  /** End of a GTD order, milliseconds since the epoch, UTC. */
  readonly expiresAt?: number | undefined;
  /** May only bring the position closer to zero. */
  readonly reduceOnly: boolean;
  /** Rejected rather than filled at once. */
  readonly postOnly: boolean;
  readonly positionSide: PositionSide;
  readonly purpose: OrderPurpose;
  /** Orders with one group are alternatives: the first to fill cancels the others. */
  readonly ocoGroup?: string | undefined;
  /** The order whose fill creates this order's position; this one rests until the parent has filled. */
  readonly parentId?: string | undefined;
  /** The exchange may shrink a market order to what the balance pays for, as an order given in the quote asset would be. */
  readonly shrinkToFit: boolean;
  /** Free text of the expert, kept with fills and trades. */
  readonly tag?: string | undefined;
}

/**
 * Where an order is in its life. `pending`: known to us, not yet confirmed. `held`: a bracket leg whose entry has not filled.
 * `open`: working at the exchange. `unknown`: the request's outcome is not known; its exposure counts until there is proof.
 */
export const ORDER_STATUSES = [
  "pending",
  "held",
  "open",
  "partiallyFilled",
  "unknown",
  "filled",
  "cancelled",
  "rejected",
  "expired",
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** A request the exchange knows, or is believed to know, with what became of it. */
export interface Order extends OrderRequest {
  /** The exchange's id; empty until it has answered. */
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly filledQuantity: number;
  /** Volume-weighted; NaN before the first fill. */
  readonly averagePrice: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Why it was rejected, cancelled or expired, in words. */
  readonly reason?: string | undefined;
}

/** Whether nothing more can happen to the order. */
export function isTerminal(status: OrderStatus): boolean {
  return status === "filled" || status === "cancelled" || status === "rejected" || status === "expired";
}
