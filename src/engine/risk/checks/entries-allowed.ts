import { APPROVED, refuse, type RiskRule } from "../check.ts";
import { REARM_ADVICE } from "../throttle.ts";

/** No entries while a limit of the run has tripped. */
export const entriesAllowed: RiskRule = {
  isActive: () => true,
  coversChanges: true,
  check(_order, { entryBlock, throttle }) {
    if (entryBlock !== undefined) return refuse("entriesBlocked", entryBlock);
    if (throttle?.tripped !== undefined) return refuse("maxRepeatedOrders", `${throttle.tripped}; ${REARM_ADVICE}`);
    return APPROVED;
  },
};
