import { APPROVED, refuse, type RiskRule } from "../check.ts";

/** No entries on data that cannot be trusted. */
export const currentMarket: RiskRule = {
  isActive: () => true,
  coversChanges: true,
  check(order, { market }) {
    if (market?.staleReason === undefined) return APPROVED;
    return refuse("staleMarket", `the data of ${order.symbol} are not current: ${market.staleReason}`);
  },
};
