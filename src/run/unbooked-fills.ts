import { Grid } from "../base/grid.ts";
import { isTerminal } from "../domain/order.ts";
import type { OrderSnapshot } from "../engine/orders/live-order.ts";
import { toMinor } from "../engine/portfolio/ledger.ts";
import { Portfolio, type PortfolioState } from "../engine/portfolio/portfolio.ts";
import type { UnbookedFill } from "../operations/journal/latest-records.ts";
import type { SessionHeader } from "./session-header.ts";

/**
 * The books with the fills that they do not count yet. A fill, its order and the books are recorded in one go; what a power cut leaves of
 * it may be the first of them alone, and then the books follow from it.
 */
export function bookUp(
  books: PortfolioState | undefined,
  unbooked: readonly UnbookedFill[],
  { instruments, initialCapital, run }: SessionHeader,
): PortfolioState {
  const portfolio = new Portfolio({ instruments, initialCapital, hedge: run.positionMode === "hedge", leverage: run.risk.leverage });
  if (books !== undefined) portfolio.restore(books);
  for (const { fill } of unbooked) portfolio.applyFill(portfolio.book(fill.symbol, fill.positionSide), fill, toMinor(fill.fee));
  return portfolio.state();
}

/** An order with the fills that its last record does not count yet. */
export function countUp(order: OrderSnapshot, unbooked: readonly UnbookedFill[], { instruments }: SessionHeader): OrderSnapshot {
  let counted = order;
  for (const { fill, isInOrder } of unbooked) {
    if (isInOrder || fill.clientOrderId !== order.clientOrderId) continue;
    const step = instruments.find(({ symbol }) => symbol === fill.symbol)?.quantityStep ?? "0.00000001";
    const before = counted.filledQuantity;
    const filledQuantity = new Grid(step).round(before + fill.quantity);
    const averagePrice = before === 0 ? fill.price : (counted.averagePrice * before + fill.price * fill.quantity) / filledQuantity;
    const isOver = isTerminal(counted.status);
    const status = isOver ? counted.status : filledQuantity >= counted.quantity ? "filled" : "partiallyFilled";
    const orderId = counted.orderId === "" ? fill.orderId : counted.orderId;
    counted = { ...counted, filledQuantity, averagePrice, status, orderId, updatedAt: isOver ? counted.updatedAt : fill.time };
  }
  return counted;
}
