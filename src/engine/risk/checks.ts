import type { ResolvedFilterOptions, ResolvedRiskOptions } from "../../expert/resolved.ts";
import type { OrderAmendment } from "../exchange.ts";
import { APPROVED, type RiskCheck, type RiskContext, type RiskRule, type Verdict } from "./check.ts";
import { currentMarket } from "./checks/current-market.ts";
import { duplicate } from "./checks/duplicate.ts";
import { entriesAllowed } from "./checks/entries-allowed.ts";
import { entriesPerPosition } from "./checks/entries-per-position.ts";
import { openOrders } from "./checks/open-orders.ts";
import { openPositions } from "./checks/open-positions.ts";
import { orderRate } from "./checks/order-rate.ts";
import { orderSize } from "./checks/order-size.ts";
import { positionSize } from "./checks/position-size.ts";
import { priceCollar } from "./checks/price-collar.ts";
import { repeatedOrders } from "./checks/repeated-orders.ts";
import { slippage } from "./checks/slippage.ts";
import { spread } from "./checks/spread.ts";
import { tradingTime } from "./checks/trading-time.ts";
import { venueQuantity } from "./checks/venue-quantity.ts";
import { volume } from "./checks/volume.ts";
import type { RiskOrder } from "./risk-order.ts";

/** In the order in which they are asked; the first refusal counts. The one that switches entries off comes last, so that it counts only what would have been sent. */
const ENTRY_RULES: readonly RiskRule[] = [
  entriesAllowed,
  currentMarket,
  tradingTime,
  volume,
  venueQuantity,
  orderSize,
  priceCollar,
  spread,
  slippage,
  openOrders,
  openPositions,
  entriesPerPosition,
  positionSize,
  duplicate,
  orderRate,
  repeatedOrders,
];

/** The checks that a run's options ask for; made once, before it begins. */
export function activeEntryChecks(risk: ResolvedRiskOptions, filters: ResolvedFilterOptions): readonly RiskCheck[] {
  return ENTRY_RULES.filter((rule) => rule.isActive(risk, filters)).map(({ check }) => check);
}

/** Asks every check about an entry. */
export function checkEntry(
  order: RiskOrder,
  context: RiskContext,
  checks: readonly RiskCheck[] = activeEntryChecks(context.risk, context.filters),
): Verdict {
  for (const check of checks) {
    const verdict = check(order, context);
    if (!verdict.approved) return verdict;
  }
  return APPROVED;
}

/** The checks that a change of an entry has to pass; made once, before the run begins. */
export function activeChangeChecks(risk: ResolvedRiskOptions, filters: ResolvedFilterOptions): readonly RiskCheck[] {
  return ENTRY_RULES.filter((rule) => rule.coversChanges === true && rule.isActive(risk, filters)).map(({ check }) => check);
}

/**
 * Asks about a change of an entry that waits; the new values are on the grid. Exits and protective orders are changed freely, and less
 * of an order at its old prices is always allowed.
 */
export function checkChange(
  order: RiskOrder,
  { quantity = order.quantity, price = order.price, triggerPrice = order.triggerPrice }: OrderAmendment,
  context: Omit<RiskContext, "price">,
  checks: readonly RiskCheck[] = activeChangeChecks(context.risk, context.filters),
): Verdict {
  if (order.purpose !== "entry") return APPROVED;
  if (quantity <= order.quantity && price === order.price && triggerPrice === order.triggerPrice) return APPROVED;
  // What becomes of the change is not known before it is answered: the order counts at the worse of what it was and will be.
  const pendingChange = { quantity: order.quantity, price: order.price, triggerPrice: order.triggerPrice };
  const changed: RiskOrder = { ...order, quantity, price, triggerPrice, pendingChange };
  return checkEntry(changed, { ...context, price: price ?? triggerPrice ?? context.book.price }, checks);
}
