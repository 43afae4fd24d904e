import { isTerminal } from "../domain/order.ts";
import type { OrderThrottle } from "./risk/throttle.ts";
import { LiveOrder } from "./orders/live-order.ts";
import type { RestoredSession } from "./restored.ts";
import type { LossLimits } from "./loss-limits.ts";
import type { OrderManager } from "./orders/order-manager.ts";
import type { Portfolio } from "./portfolio/portfolio.ts";

/** The parts of a session that keep something across restarts. */
export interface KeptParts {
  readonly portfolio: Portfolio;
  readonly limits: LossLimits;
  readonly orders: OrderManager;
  readonly throttle: OrderThrottle | undefined;
  /** Tripped limits are switched on again. */
  readonly rearm: boolean;
}

/** Puts a session where another has left off. What has happened at the exchange since is told by it afterwards. */
export function restoreSession(core: KeptParts, restored: RestoredSession): void {
  if (restored.portfolio !== undefined) core.portfolio.restore(restored.portfolio);
  if (restored.limits !== undefined) {
    // A limit that has tripped stays tripped until somebody says otherwise.
    const armed = core.rearm ? { isDayBlocked: false, isDrawdownHit: false, isLiquidated: false, peak: restored.limits.lastEquity } : {};
    core.limits.restore({ ...restored.limits, ...armed });
  }
  core.orders.transfers.restore(restored.transfers);
  if (restored.throttle !== undefined && core.throttle !== undefined) {
    core.throttle.restore(restored.throttle);
    if (core.rearm) core.throttle.rearm();
  }
  const orders = restored.orders.map((snapshot) => LiveOrder.from(snapshot));
  for (const order of orders) {
    if (isTerminal(order.status)) core.orders.table.finish(order);
    else core.orders.table.add(order);
  }
  if (restored.mended !== undefined) core.orders.recordAnew(restored.mended);
  // An order whose successor works was about to be taken away.
  const retired = new Set<LiveOrder>();
  for (const order of orders) {
    const old = order.replaces === undefined ? undefined : core.orders.get(order.replaces);
    if (old === undefined || isTerminal(order.status)) continue;
    if (order.status === "pending" || order.status === "unknown") old.successor = order;
    else {
      order.replaces = undefined;
      retired.add(old);
      core.orders.cancel(old);
    }
  }
  for (const book of core.portfolio.books) {
    if (book.quantitySteps === 0) continue;
    const isEntry = (order: LiveOrder): boolean =>
      order.protection !== undefined &&
      order.filledQuantity > 0 &&
      order.symbol === book.symbol &&
      order.positionSide === book.side &&
      (order.side === "buy") === book.quantitySteps > 0 &&
      order.updatedAt >= book.openedAt;
    const left = orders.filter((order) => !retired.has(order));
    core.orders.brackets.restore(book, orders.filter(isEntry), left);
  }
  core.orders.brackets.takeBackRest(orders);
  for (const { isWaiting, status, clientOrderId, createdAt } of orders) {
    if (isWaiting === true && status === "pending") core.orders.onExpired(clientOrderId, "the run ended before it could leave", createdAt);
  }
}
