import type { LiveOrder } from "./live-order.ts";

/** So long after the market has passed an order's price its fill should have been told. */
const OVERDUE_MS = 2_000;
/** A question is not asked again within this time. */
const AGAIN_MS = 5_000;

/**
 * Notices orders that must have filled: the market has traded beyond their price, and nobody has told of it. A private stream can fall
 * silent unnoticed, and what has filled meanwhile is a position without protection.
 */
export class OverdueOrders {
  /** Since when the market is beyond an order's price. */
  readonly #passedAt = new Map<LiveOrder, number>();
  #askedAt = -Infinity;

  /** Symbols whose orders should be asked about now. `priceOf` gives the last price, NaN where there is none. */
  look(open: readonly LiveOrder[], priceOf: (order: LiveOrder) => number, now: number): readonly string[] {
    const passed = open.filter((order) => isPassed(order, priceOf(order)));
    for (const order of this.#passedAt.keys()) if (!passed.includes(order)) this.#passedAt.delete(order);
    for (const order of passed) if (!this.#passedAt.has(order)) this.#passedAt.set(order, now);
    if (now < this.#askedAt + AGAIN_MS) return [];
    const overdue = passed.filter((order) => now >= (this.#passedAt.get(order) ?? now) + OVERDUE_MS);
    if (overdue.length === 0) return [];
    this.#askedAt = now;
    return [...new Set(overdue.map(({ symbol }) => symbol))];
  }
}

function isPassed({ status, type, side, price = NaN, triggerPrice = NaN }: LiveOrder, last: number): boolean {
  if (status !== "open" && status !== "partiallyFilled") return false;
  const isBuy = side === "buy";
  switch (type) {
    case "limit":
      return isBuy ? last < price : last > price;
    case "stop":
      return isBuy ? last > triggerPrice : last < triggerPrice;
    case "takeProfit":
      return isBuy ? last < triggerPrice : last > triggerPrice;
    default:
      return false;
  }
}
