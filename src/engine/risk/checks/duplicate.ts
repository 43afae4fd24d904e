import { APPROVED, refuse, throttleOf, type RiskRule } from "../check.ts";

/** The same entry is not sent twice in a moment. */
export const duplicate: RiskRule = {
  isActive: ({ duplicateWindowMs }) => duplicateWindowMs > 0,
  check(order, context) {
    if (!throttleOf(context).isDuplicate(order, context.time)) return APPROVED;
    return refuse("duplicateWindowMs", `the same entry was sent less than duplicateWindowMs ${context.risk.duplicateWindowMs} ago`);
  },
};
