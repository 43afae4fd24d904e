import { APPROVED, refuse, type RiskRule } from "../check.ts";
import type { RiskOrder } from "../risk-order.ts";

/** At most so many orders at a time, those counted that entries on their way will bring along. */
export const openOrders: RiskRule = {
  isActive: ({ maxOpenOrders }) => maxOpenOrders < Infinity,
  check(order, { orders, risk }) {
    let count = 0;
    for (const other of orders.open()) count += demandOf(other);
    const demand = demandOf(order);
    if (count + demand <= risk.maxOpenOrders) return APPROVED;
    const brings = demand === 1 ? "" : ` and the order may bring along ${demand - 1}`;
    return refuse(
      "maxOpenOrders",
      `${count} orders are open or reserved for stops and targets${brings}; maxOpenOrders is ${risk.maxOpenOrders}`,
    );
  },
};

/** The order itself, and its stops and targets as long as they are not orders of their own. */
function demandOf({ protection, legs }: RiskOrder): number {
  if (protection === undefined || legs !== undefined) return 1;
  const { stopLoss, stopLossPct, takeProfit, takeProfitPct, trailingStops } = protection;
  const hasStop = stopLoss !== undefined || stopLossPct !== undefined;
  const hasTarget = takeProfit !== undefined || takeProfitPct !== undefined;
  return 1 + Number(hasStop) + Number(hasTarget) + trailingStops.length;
}
