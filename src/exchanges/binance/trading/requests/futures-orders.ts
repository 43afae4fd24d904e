import type { Instrument } from "../../../../domain/instrument.ts";
import type { OrderRequest } from "../../../../domain/order.ts";
import type { OrderAmendment } from "../../../../engine/exchange.ts";
import type { OrderReference } from "../../../../engine/gateway.ts";
import { isConditional, toWirePositionSide, toWireSide } from "../wire-values.ts";
import { parametersOf, type BinanceRequest, type Refusal } from "./binance-request.ts";
import { plainText, priceText, quantityText } from "./decimal-text.ts";

export type FuturesMarket = "linear" | "inverse";

/** Where the paths of a futures market begin; both markets have the same ones. */
export function futuresPrefix(market: FuturesMarket): "/fapi" | "/dapi" {
  return market === "linear" ? "/fapi" : "/dapi";
}

/**
 * The request that places an order: `POST /fapi/v1/order`, or `POST /fapi/v1/algoOrder` for one that waits for a trigger, which the first
 * refuses with -4120 (USDⓈ-M since 9 December 2025, COIN-M with `/dapi/v1/algoOrder` since 30 June 2026).
 */
export function futuresOrder(market: FuturesMarket, order: OrderRequest, instrument: Instrument): BinanceRequest | Refusal {
  const refusal = whyNot(market, order);
  if (refusal !== undefined) return { refusal };
  const prefix = futuresPrefix(market);
  const conditional = isConditional(order.type);
  const name = conditional ? "clientAlgoId" : "newClientOrderId";
  return {
    method: "POST",
    path: conditional ? `${prefix}/v1/algoOrder` : `${prefix}/v1/order`,
    parameters: parametersOf({
      algoType: conditional ? "CONDITIONAL" : undefined,
      symbol: order.symbol,
      side: toWireSide(order.side),
      positionSide: order.positionSide === "net" ? undefined : toWirePositionSide(order.positionSide),
      type: TYPES[order.type],
      timeInForce: hasLimit(order) ? toWireTimeInForce(order) : undefined,
      quantity: quantityText(instrument, order.quantity),
      price: hasLimit(order) && order.price !== undefined ? priceText(instrument, order.price) : undefined,
      ...triggerOf(order, instrument),
      // In hedge mode the side of the position says it, and the flag is refused. Flagged exits are spared by the overload protection.
      reduceOnly: order.reduceOnly && order.positionSide === "net" ? "true" : undefined,
      [name]: order.clientOrderId,
      goodTillDate: order.timeInForce === "GTD" && hasLimit(order) ? String(wholeSeconds(order.expiresAt)) : undefined,
      newOrderRespType: "RESULT",
    }),
  };
}

/**
 * The request that changes a limit order: `PUT /fapi/v1/order`. Price and quantity are both sent, also where only one changes; the
 * quantity is the whole order's, what is filled included.
 */
export function futuresAmendment(
  market: FuturesMarket,
  reference: OrderReference,
  amendment: OrderAmendment,
  request: OrderRequest,
  instrument: Instrument,
): BinanceRequest | Refusal {
  const price = amendment.price ?? request.price;
  if (request.type !== "limit" || price === undefined) return { refusal: "only a limit order can be changed at Binance" };
  if (amendment.triggerPrice !== undefined || amendment.trailingPct !== undefined) {
    return { refusal: "a limit order has neither a trigger price nor a trailing distance" };
  }
  return {
    method: "PUT",
    path: `${futuresPrefix(market)}/v1/order`,
    parameters: parametersOf({
      symbol: reference.symbol,
      orderId: reference.orderId === "" ? undefined : reference.orderId,
      origClientOrderId: reference.orderId === "" ? reference.clientOrderId : undefined,
      side: toWireSide(request.side),
      quantity: quantityText(instrument, amendment.quantity ?? request.quantity),
      price: priceText(instrument, price),
    }),
  };
}

const TYPES: Readonly<Record<OrderRequest["type"], string>> = {
  market: "MARKET",
  limit: "LIMIT",
  stop: "STOP_MARKET",
  stopLimit: "STOP",
  takeProfit: "TAKE_PROFIT_MARKET",
  takeProfitLimit: "TAKE_PROFIT",
  trailingStop: "TRAILING_STOP_MARKET",
};

function hasLimit({ type }: OrderRequest): boolean {
  return type === "limit" || type === "stopLimit" || type === "takeProfitLimit";
}

function toWireTimeInForce({ postOnly, timeInForce }: OrderRequest): string {
  return postOnly ? "GTX" : timeInForce;
}

function triggerOf(order: OrderRequest, instrument: Instrument): Readonly<Record<string, string | undefined>> {
  const { type, triggerPrice, activationPrice, trailingPct } = order;
  if (!isConditional(type)) return {};
  if (type === "trailingStop") {
    return {
      activatePrice: activationPrice === undefined ? undefined : priceText(instrument, activationPrice),
      callbackRate: trailingPct === undefined ? undefined : plainText(trailingPct),
    };
  }
  return { triggerPrice: triggerPrice === undefined ? undefined : priceText(instrument, triggerPrice) };
}

/** An order's end is told in whole seconds. */
function wholeSeconds(time: number | undefined): number {
  return Math.floor((time ?? 0) / 1000) * 1000;
}

function whyNot(market: FuturesMarket, order: OrderRequest): string | undefined {
  const { type, timeInForce, postOnly, expiresAt, trailingPct } = order;
  if (hasLimit(order) && order.price === undefined) return `a ${type} order needs a price`;
  if (timeInForce === "GTD" && market === "inverse") return "Binance COIN-M has no orders that end at a date; use GTC, IOC or FOK";
  if (timeInForce === "GTD" && !hasLimit(order)) return `a ${type} order cannot end at a date at Binance`;
  if (timeInForce === "GTD" && expiresAt === undefined) return "an order that ends at a date needs the date";
  if (postOnly && (!hasLimit(order) || timeInForce !== "GTC")) return "only a GTC order with a limit price can be post-only at Binance";
  if (type === "trailingStop" && !(trailingPct !== undefined && trailingPct >= 0.1 && trailingPct <= 10)) {
    return "Binance futures trail by 0.1 to 10 percent";
  }
  if (isConditional(type) && type !== "trailingStop" && order.triggerPrice === undefined) return `a ${type} order needs a trigger price`;
  return undefined;
}
