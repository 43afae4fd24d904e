import type { OrderRequest } from "../../domain/order.ts";
import type { ExchangeCapabilities } from "../exchange.ts";

/** Why an exchange with these capabilities cannot take an order, as a sentence; undefined when it can. */
export function whyNot(capabilities: ExchangeCapabilities, order: OrderRequest, exchange: string): string | undefined {
  const { orderTypes, timeInForces, postOnly, reduceOnly, hedgeMode } = capabilities;
  if (!orderTypes.includes(order.type)) return `${exchange} has no ${order.type} orders here; use one of ${orderTypes.join(", ")}`;
  if (!timeInForces.includes(order.timeInForce)) {
    return `${exchange} takes no ${order.timeInForce} orders here; use one of ${timeInForces.join(", ")}`;
  }
  if (order.postOnly && !postOnly) return `${exchange} has no post-only orders here`;
  if (order.positionSide !== "net" && !hedgeMode) return `${exchange} keeps one position per symbol here`;
  // Selling what is held is all that a spot market can do, so the flag is not needed where it is missing.
  if (order.reduceOnly && !reduceOnly && order.side === "buy") return `${exchange} has no reduce-only orders here`;
  return undefined;
}
