import type { Side } from "../../domain/trade.ts";
import type { InstrumentMath } from "../portfolio/instrument-math.ts";
import type { PositionBook } from "../portfolio/position-book.ts";
import type { RiskOrder } from "./risk-order.ts";

/** How far a position can get to one side, and the highest price at which an entry can take it there. */
export interface WorstCase {
  readonly steps: number;
  /** NaN when no entry waits. */
  readonly price: number;
  /** What is held on the other side: an order that fills at once closes it first. One that waits may find it closed by another. */
  readonly closable: number;
}

/**
 * The most that can be held on one side of the market if every order that enlarges it fills, those of unknown outcome included, and
 * none that reduces it does; only market orders that the exchange has taken are trusted to fill. Never below zero.
 */
export function worstCase(book: PositionBook, side: Side, orders: readonly RiskOrder[]): WorstCase {
  const held = stillHeld(book, side, orders);
  let adding = 0;
  let reducing = 0;
  let price = NaN;
  for (const order of orders) {
    if (order.symbol !== book.symbol || order.positionSide !== book.side) continue;
    const steps = stepsAtStake(order, book);
    if (order.side !== side) continue;
    if (order.reduceOnly) {
      reducing += steps;
      continue;
    }
    adding += steps;
    price = highest(price, highestPrice(order, book.price));
  }
  return { steps: Math.max(0, held) + adding, price, closable: Math.max(0, -held - reducing) };
}

/** What is held on one side of the market, below zero the other, once the market orders that the exchange has taken have closed their part. */
export function stillHeld(book: PositionBook, side: Side, orders: readonly RiskOrder[]): number {
  let held = (side === "buy" ? 1 : -1) * book.quantitySteps;
  for (const order of orders) {
    if (order.symbol !== book.symbol || order.positionSide !== book.side || order.side === side || !isCertain(order)) continue;
    const steps = stepsAtStake(order, book);
    held -= order.reduceOnly ? Math.min(steps, Math.max(0, held)) : steps;
  }
  return held;
}

/** What can still fill of an order, in steps. */
export function stepsAtStake({ quantity, pendingChange, filledQuantity }: RiskOrder, { math }: PositionBook): number {
  return Math.max(0, math.quantity.toSteps(Math.max(quantity, pendingChange?.quantity ?? 0) - filledQuantity));
}

/** The highest price an entry may fill at without slippage: a sell limit below the market fills at the market. */
export function highestPrice({ type, side, price, triggerPrice, pendingChange }: RiskOrder, last: number): number {
  if (type === "market") return last;
  const changed = pendingChange?.price ?? pendingChange?.triggerPrice ?? NaN;
  const own = highest(price ?? triggerPrice ?? last, changed);
  return price !== undefined && side === "sell" ? highest(own, last) : own;
}

/** Value in the quote asset. An inverse contract has a value of its own at every price. */
export function quoteValue(math: InstrumentMath, price: number, quantity: number): number {
  return math.isInverse ? Math.abs(quantity) * math.multiplier : math.notional(price, quantity);
}

/** The larger of two numbers of which one may be unknown. */
export function highest(left: number, right: number): number {
  return Number.isNaN(left) || right > left ? right : left;
}

function isCertain({ type, status }: RiskOrder): boolean {
  return type === "market" && (status === "open" || status === "partiallyFilled");
}
