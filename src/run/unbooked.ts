import { Grid } from "../base/grid.ts";
import { isTerminal } from "../domain/order.ts";
import type { LossLimitsState } from "../engine/loss-limits.ts";
import type { OrderSnapshot } from "../engine/orders/live-order.ts";
import { toMinor } from "../engine/portfolio/ledger.ts";
import { capitalOf, Portfolio, type PortfolioState } from "../engine/portfolio/portfolio.ts";
import type { Unbooked } from "../operations/journal/latest-records.ts";
import type { SessionHeader } from "./session-header.ts";

/**
 * The books with what they do not count yet. A fill, its order and the books are recorded in one go, and so are a transfer, the books and
 * the limits; what a power cut leaves of it may be the first of them alone, and then the others follow from it.
 */
export function bookUp(
  books: PortfolioState | undefined,
  { fills, transfers }: Unbooked,
  { instruments, initialCapital, run }: SessionHeader,
): PortfolioState | undefined {
  if (fills.length === 0 && transfers.length === 0) return books;
  const portfolio = new Portfolio({ instruments, initialCapital, hedge: run.positionMode === "hedge", leverage: run.risk.leverage });
  if (books !== undefined) portfolio.restore(books);
  for (const { fill } of fills) portfolio.applyFill(portfolio.book(fill.symbol, fill.positionSide), fill, toMinor(fill.fee));
  for (const transfer of transfers) portfolio.applyTransfer(transfer);
  return portfolio.state();
}

/** An order with the fills that its last record does not count yet. */
export function countUp(order: OrderSnapshot, { fills }: Unbooked, { instruments }: SessionHeader): OrderSnapshot {
  let counted = order;
  for (const { fill, isInOrder } of fills) {
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

/** The loss limits with the capital that came or went since they were last written down: neither a profit nor a loss. */
export function shiftUp(
  limits: LossLimitsState | undefined,
  { unmeasured }: Unbooked,
  { instruments }: SessionHeader,
): LossLimitsState | undefined {
  if (limits === undefined) return undefined;
  const currency = instruments[0]?.settleAsset ?? "";
  const capital = unmeasured.reduce((sum, transfer) => sum + capitalOf(transfer, currency), 0);
  const { peak, dayStartEquity, lastEquity } = limits;
  return { ...limits, peak: peak + capital, dayStartEquity: dayStartEquity + capital, lastEquity: lastEquity + capital };
}
