import type { Instrument } from "../../../../domain/instrument.ts";
import type { OrderRequest } from "../../../../domain/order.ts";
import { toWireSide } from "../wire-values.ts";
import { parametersOf, type BinanceRequest, type Refusal } from "./binance-request.ts";
import { plainText, priceText, quantityText } from "./decimal-text.ts";

/** The request that places an order on spot: `POST /api/v3/order` (binance-spot-api-docs, `rest-api.md`, "New order"). */
export function spotOrder(order: OrderRequest, instrument: Instrument): BinanceRequest | Refusal {
  const leg = spotLeg(order, instrument);
  if ("refusal" in leg) return leg;
  const { type, timeInForce, price, stopPrice, trailingDelta } = leg;
  return {
    method: "POST",
    path: "/api/v3/order",
    parameters: parametersOf({
      symbol: order.symbol,
      side: toWireSide(order.side),
      type,
      timeInForce,
      quantity: quantityText(instrument, order.quantity),
      price,
      stopPrice,
      trailingDelta,
      newClientOrderId: order.clientOrderId,
      newOrderRespType: "FULL",
    }),
  };
}

/**
 * The request that places two alternatives on spot: `POST /api/v3/orderList/oco`. One of them takes a profit (a limit order becomes
 * `LIMIT_MAKER`), the other stops a loss, and both are of one size; a sell's profit lies above the market, a buy's below.
 */
export function spotOrderList(orders: readonly OrderRequest[], instrument: Instrument): BinanceRequest | Refusal {
  const [one, other] = orders;
  if (one === undefined || other === undefined || orders.length > 2) return { refusal: "Binance links exactly two orders on spot" };
  if (one.side !== other.side || one.quantity !== other.quantity) {
    return { refusal: "Binance links two orders on spot only when both are on one side and of one size" };
  }
  const profit = [one, other].find((order) => isProfit(order));
  const loss = [one, other].find((order) => order !== profit && isLoss(order));
  if (profit === undefined || loss === undefined) return { refusal: "Binance links a profit target with a stop on spot, nothing else" };
  const profitLeg =
    profit.type === "limit" ? spotLeg({ ...profit, postOnly: true, timeInForce: "GTC" }, instrument) : spotLeg(profit, instrument);
  const lossLeg = spotLeg(loss, instrument);
  if ("refusal" in profitLeg) return profitLeg;
  if ("refusal" in lossLeg) return lossLeg;
  const isSell = one.side === "sell";
  return {
    method: "POST",
    path: "/api/v3/orderList/oco",
    parameters: parametersOf({
      symbol: one.symbol,
      side: toWireSide(one.side),
      quantity: quantityText(instrument, one.quantity),
      ...prefixed("above", isSell ? profitLeg : lossLeg, (isSell ? profit : loss).clientOrderId),
      ...prefixed("below", isSell ? lossLeg : profitLeg, (isSell ? loss : profit).clientOrderId),
      newOrderRespType: "FULL",
    }),
  };
}

interface SpotLeg {
  readonly type: string;
  readonly timeInForce?: string | undefined;
  readonly price?: string | undefined;
  readonly stopPrice?: string | undefined;
  /** Hundredths of a percent. */
  readonly trailingDelta?: string | undefined;
}

function isProfit(order: OrderRequest): boolean {
  return order.type === "limit" || order.type === "takeProfit" || order.type === "takeProfitLimit";
}

function isLoss(order: OrderRequest): boolean {
  return order.type === "stop" || order.type === "stopLimit" || order.type === "trailingStop";
}

function spotLeg(order: OrderRequest, instrument: Instrument): SpotLeg | Refusal {
  const { type, timeInForce, postOnly } = order;
  if (timeInForce === "GTD") return { refusal: "Binance spot has no orders that end at a date; use GTC, IOC or FOK" };
  if (postOnly && (type !== "limit" || timeInForce !== "GTC"))
    return { refusal: "only a GTC limit order can be post-only on Binance spot" };
  const price = order.price === undefined ? undefined : priceText(instrument, order.price);
  const stopPrice = order.triggerPrice === undefined ? undefined : priceText(instrument, order.triggerPrice);
  switch (type) {
    case "market":
      return { type: "MARKET" };
    case "limit":
      if (price === undefined) return { refusal: "a limit order needs a price" };
      return postOnly ? { type: "LIMIT_MAKER", price } : { type: "LIMIT", timeInForce, price };
    case "stop":
    case "takeProfit":
      if (stopPrice === undefined) return { refusal: `a ${type} order needs a trigger price` };
      return { type: type === "stop" ? "STOP_LOSS" : "TAKE_PROFIT", stopPrice };
    case "stopLimit":
    case "takeProfitLimit":
      if (price === undefined || stopPrice === undefined) return { refusal: `a ${type} order needs a price and a trigger price` };
      return { type: type === "stopLimit" ? "STOP_LOSS_LIMIT" : "TAKE_PROFIT_LIMIT", timeInForce, price, stopPrice };
    case "trailingStop":
      return trailingLeg(order, instrument);
  }
}

/**
 * A trailing stop is a `STOP_LOSS` with a distance and no price. Switched on by a price on the favourable side it is a `TAKE_PROFIT`, which
 * begins to follow when the market comes there (binance-spot-api-docs, `faqs/trailing-stop-faq.md`).
 */
function trailingLeg({ trailingPct, activationPrice }: OrderRequest, instrument: Instrument): SpotLeg | Refusal {
  if (trailingPct === undefined) return { refusal: "a trailing stop needs a distance in percent" };
  const basisPoints = Math.round(trailingPct * 100);
  if (basisPoints < 1 || Math.abs(basisPoints - trailingPct * 100) > 1e-6) {
    return { refusal: `Binance spot trails in steps of 0.01 percent, not by ${plainText(trailingPct)}` };
  }
  if (activationPrice === undefined) return { type: "STOP_LOSS", trailingDelta: String(basisPoints) };
  return { type: "TAKE_PROFIT", stopPrice: priceText(instrument, activationPrice), trailingDelta: String(basisPoints) };
}

function prefixed(place: "above" | "below", leg: SpotLeg, clientOrderId: string): Readonly<Record<string, string | undefined>> {
  return {
    [`${place}Type`]: leg.type,
    [`${place}ClientOrderId`]: clientOrderId,
    [`${place}Price`]: leg.price,
    [`${place}StopPrice`]: leg.stopPrice,
    [`${place}TrailingDelta`]: leg.trailingDelta,
    [`${place}TimeInForce`]: leg.timeInForce,
  };
}
