import { APPROVED, refuse, type RiskRule } from "../check.ts";

/** No order is larger than the exchange takes. */
export const venueQuantity: RiskRule = {
  isActive: () => true,
  coversChanges: true,
  check(order, { book }) {
    const { quantityMax } = book.math.rules.instrument;
    if (quantityMax === undefined || order.quantity <= Number(quantityMax)) return APPROVED;
    return refuse("quantityMax", `a quantity of ${order.quantity} is above the exchange's largest of ${quantityMax}`);
  },
};
