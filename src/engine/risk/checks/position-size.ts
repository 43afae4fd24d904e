import { APPROVED, refuse, type RiskRule } from "../check.ts";
import { highest, highestPrice, quoteValue, stepsAtStake, worstCase } from "../exposure.ts";

/** A position's value stays below its limit, whichever of the entries on their way fill. */
export const positionSize: RiskRule = {
  isActive: ({ maxPositionSizeQuote }) => maxPositionSizeQuote < Infinity,
  coversChanges: true,
  check(order, { book, orders, price, risk }) {
    const others = orders.open().filter(({ clientOrderId }) => clientOrderId !== order.clientOrderId);
    const { math } = book;
    const worst = worstCase(book, order.side, others);
    const steps = stepsAtStake(order, book);
    const opening = order.type === "market" ? Math.max(0, steps - worst.closable) : steps;
    const after = math.quantity.toNumber(worst.steps + opening);
    const value = quoteValue(math, highest(worst.price, highest(price, highestPrice(order, book.price))), after);
    if (value <= risk.maxPositionSizeQuote * (1 + 1e-9)) return APPROVED;
    return refuse(
      "maxPositionSizeQuote",
      `the position would be worth ${value.toFixed(2)}, above maxPositionSizeQuote ${risk.maxPositionSizeQuote}`,
    );
  },
};
