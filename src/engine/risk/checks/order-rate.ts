import { APPROVED, refuse, throttleOf, type RiskRule } from "../check.ts";

/** No entries once so many orders went out within a minute. */
export const orderRate: RiskRule = {
  isActive: ({ maxOrdersPerMinute }) => maxOrdersPerMinute < Infinity,
  check(_order, context) {
    const { maxOrdersPerMinute } = context.risk;
    const sent = throttleOf(context).sentWithinMinute(context.time);
    if (sent < maxOrdersPerMinute) return APPROVED;
    return refuse("maxOrdersPerMinute", `${sent} orders went out within the last minute; maxOrdersPerMinute is ${maxOrdersPerMinute}`);
  },
};
