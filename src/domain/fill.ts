import type { OrderPurpose, PositionSide } from "./order.ts";
import type { Side } from "./trade.ts";

/** One execution of an order. */
export interface Fill {
  /** The exchange's trade id; fills are applied once per id. */
  readonly tradeId: string;
  readonly orderId: string;
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly price: number;
  readonly quantity: number;
  /** What was paid (above zero) or received as a rebate (below zero), in `feeAsset`. */
  readonly fee: number;
  readonly feeAsset: string;
  readonly liquidity: "maker" | "taker";
  readonly time: number;
  readonly purpose: OrderPurpose;
  readonly tag?: string | undefined;
}
