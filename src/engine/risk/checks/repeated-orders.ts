import { APPROVED, refuse, throttleOf, type RiskRule } from "../check.ts";
import { REARM_ADVICE } from "../throttle.ts";

/**
 * One signal over and over that does not change the position is a loop that has gone wrong: entries are switched off until somebody
 * has looked at it (RTS 6, article 15: repeated automated execution throttle).
 */
export const repeatedOrders: RiskRule = {
  isActive: ({ maxRepeatedOrders }) => maxRepeatedOrders < Infinity,
  check(order, context) {
    const throttle = throttleOf(context);
    const { maxRepeatedOrders } = context.risk;
    if (throttle.repeatsOf(order) < maxRepeatedOrders) return APPROVED;
    const times = `${maxRepeatedOrders} times in a row and the position did not change`;
    throttle.trip(`${order.side} ${order.type} of ${order.symbol} was sent ${times}`);
    return refuse("maxRepeatedOrders", `${throttle.tripped ?? ""}; ${REARM_ADVICE}`);
  },
};
