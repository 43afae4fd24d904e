import { APPROVED, refuse, type RiskRule } from "../check.ts";
import { stillHeld } from "../exposure.ts";

/** At most so many entries into one position. An order that turns a position is the first entry of the new one. */
export const entriesPerPosition: RiskRule = {
  isActive: ({ maxPositionsPerSymbol }) => maxPositionsPerSymbol < Infinity,
  check(order, { book, heldSteps, orders, risk }) {
    const sign = order.side === "buy" ? 1 : -1;
    const isHeld = Math.sign(heldSteps) === sign || stillHeld(book, order.side, orders.open()) > 0;
    const continues = Math.sign(book.quantitySteps) === sign && isHeld;
    const entries = (continues ? book.entries : 0) + orders.pendingEntries(book, order.side);
    if (entries < risk.maxPositionsPerSymbol) return APPROVED;
    return refuse("maxPositionsPerSymbol", `the position has ${entries} entries, as many as maxPositionsPerSymbol allows`);
  },
};
