import { APPROVED, refuse, type RiskRule } from "../check.ts";
import { highest, highestPrice, quoteValue } from "../exposure.ts";

/** The value of one entry stays below its limit. */
export const orderSize: RiskRule = {
  isActive: ({ maxOrderSizeQuote }) => maxOrderSizeQuote < Infinity,
  coversChanges: true,
  check(order, { book, price, risk }) {
    const value = quoteValue(book.math, highest(price, highestPrice(order, book.price)), order.quantity);
    if (value <= risk.maxOrderSizeQuote * (1 + 1e-9)) return APPROVED;
    return refuse("maxOrderSizeQuote", `the order is worth ${value.toFixed(2)}, above maxOrderSizeQuote ${risk.maxOrderSizeQuote}`);
  },
};
