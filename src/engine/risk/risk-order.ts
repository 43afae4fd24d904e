import type { Order } from "../../domain/order.ts";
import type { OrderAmendment } from "../exchange.ts";
import type { Protection } from "../orders/live-order.ts";

/** An order as checks see it, about to be sent or already out. */
export interface RiskOrder extends Order {
  /** What it will place when it fills. */
  readonly protection?: Protection | undefined;
  /** The protective orders it has placed. */
  readonly legs?: readonly unknown[] | undefined;
  /** What an unanswered change may have made of it; it counts at the worse of both. */
  readonly pendingChange?: OrderAmendment | undefined;
}
