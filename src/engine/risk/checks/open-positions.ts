import type { PositionBook } from "../../portfolio/position-book.ts";
import { APPROVED, refuse, type OpenOrders, type RiskRule } from "../check.ts";

/** At most so many positions at a time, those counted that an entry on its way may open. */
export const openPositions: RiskRule = {
  isActive: ({ maxOpenPositions }) => maxOpenPositions < Infinity,
  check(_order, { book, orders, portfolio, risk }) {
    if (isTaken(book, orders)) return APPROVED;
    let count = 0;
    for (const other of portfolio.books) if (isTaken(other, orders)) count += 1;
    if (count < risk.maxOpenPositions) return APPROVED;
    return refuse("maxOpenPositions", `${count} positions are open or ordered, as many as maxOpenPositions allows`);
  },
};

function isTaken(book: PositionBook, orders: OpenOrders): boolean {
  return book.quantitySteps !== 0 || orders.pendingEntries(book, "buy") + orders.pendingEntries(book, "sell") > 0;
}
