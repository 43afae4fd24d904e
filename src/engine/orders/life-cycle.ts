import type { OrderStatus } from "../../domain/order.ts";
import type { RejectClass } from "../venue-facts.ts";

/** Where an order may go from each state. Terminal states lead nowhere. */
export const ORDER_TRANSITIONS: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  pending: ["held", "open", "partiallyFilled", "filled", "cancelled", "rejected", "expired", "unknown"],
  held: ["open", "cancelled", "rejected", "expired"],
  open: ["open", "partiallyFilled", "filled", "cancelled", "expired", "unknown"],
  partiallyFilled: ["partiallyFilled", "filled", "cancelled", "expired", "unknown"],
  unknown: ["open", "partiallyFilled", "filled", "cancelled", "rejected", "expired"],
  filled: [],
  cancelled: [],
  rejected: [],
  expired: [],
};

/** Whether an order may move from one state to another. */
export function canMove(from: OrderStatus, to: OrderStatus): boolean {
  return ORDER_TRANSITIONS[from].includes(to);
}

/** How an order ends that will not fill any more. */
export interface OrderEnding {
  readonly status: "rejected" | "cancelled" | "expired";
  readonly reason: string;
  readonly time: number;
  readonly rejectClass?: RejectClass | undefined;
}
