import type { OrderReference } from "../../../../engine/gateway.ts";
import type { BinanceMarket } from "../../endpoints.ts";
import { isConditional } from "../wire-values.ts";
import { parametersOf, type BinanceRequest } from "./binance-request.ts";
import { futuresPrefix } from "./futures-orders.ts";

/**
 * Cancels an order. One that waits for its trigger is known to the algo service only; `actualOrderId` names the regular order that it has
 * become.
 */
export function cancelRequest(market: BinanceMarket, reference: OrderReference, actualOrderId?: string): BinanceRequest {
  return { method: "DELETE", ...addressOf(market, reference, actualOrderId) };
}

/** Asks for one order, in the same way. */
export function orderQuery(market: BinanceMarket, reference: OrderReference, actualOrderId?: string): BinanceRequest {
  return { method: "GET", ...addressOf(market, reference, actualOrderId) };
}

/** Orders that rest or wait at a symbol; the algo service's own book is `openAlgoOrders`. */
export function openOrdersQuery(market: BinanceMarket, symbol: string): BinanceRequest {
  return { method: "GET", path: `${basePath(market)}/openOrders`, parameters: { symbol } };
}

export function openAlgoOrdersQuery(market: "linear" | "inverse", symbol: string): BinanceRequest {
  return { method: "GET", path: `${basePath(market)}/openAlgoOrders`, parameters: { symbol } };
}

/** `/api/v3`, `/fapi/v1` or `/dapi/v1`. */
export function basePath(market: BinanceMarket): string {
  return market === "spot" ? "/api/v3" : `${futuresPrefix(market)}/v1`;
}

function addressOf(
  market: BinanceMarket,
  { symbol, clientOrderId, orderId, type }: OrderReference,
  actualOrderId: string | undefined,
): Pick<BinanceRequest, "path" | "parameters"> {
  const path = basePath(market);
  if (actualOrderId !== undefined) return { path: `${path}/order`, parameters: { symbol, orderId: actualOrderId } };
  if (market !== "spot" && isConditional(type)) {
    const name = clientOrderId === "" ? { algoId: orderId } : { clientAlgoId: clientOrderId };
    return { path: `${path}/algoOrder`, parameters: name };
  }
  return {
    path: `${path}/order`,
    parameters: parametersOf({
      symbol,
      orderId: orderId === "" ? undefined : orderId,
      origClientOrderId: orderId === "" ? clientOrderId : undefined,
    }),
  };
}
