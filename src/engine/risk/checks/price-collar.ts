import { APPROVED, refuse, type RiskContext, type RiskRule } from "../check.ts";
import type { RiskOrder } from "../risk-order.ts";

/** The prices of an entry, or the quote that a market order would meet, lie close to the last price. */
export const priceCollar: RiskRule = {
  isActive: ({ priceCollarPct }) => priceCollarPct < Infinity,
  coversChanges: true,
  check(order, context) {
    const { book, risk } = context;
    const last = book.price;
    if (!(last > 0 && last < Infinity)) return refuse("priceCollarPct", `no price of ${order.symbol} is known to compare the order with`);
    for (const [name, price] of pricesOf(order, context)) {
      const distancePct = Math.abs(price / last - 1) * 100;
      if (distancePct <= risk.priceCollarPct * (1 + 1e-9)) continue;
      return refuse(
        "priceCollarPct",
        `the ${name} ${price} is ${distancePct.toFixed(1)} % away from the last price ${last}, more than priceCollarPct ${risk.priceCollarPct}`,
      );
    }
    return APPROVED;
  },
};

function pricesOf(order: RiskOrder, { market }: RiskContext): [name: string, price: number][] {
  const prices: [string, number][] = [];
  if (order.price !== undefined) prices.push(["price", order.price]);
  if (order.triggerPrice !== undefined) prices.push(["trigger price", order.triggerPrice]);
  if (order.activationPrice !== undefined) prices.push(["activation price", order.activationPrice]);
  const quote = market?.quote;
  if (order.type === "market" && quote !== undefined) {
    prices.push(order.side === "buy" ? ["ask", quote.askPrice] : ["bid", quote.bidPrice]);
  }
  return prices;
}
