import type { OrderStatus } from "../../../../domain/order.ts";
import type { VenueOrder } from "../../../../engine/venue-facts.ts";
import type { Fields } from "../../../transport/wire-fields.ts";
import { averageOf, idOf, positiveOf, timeOf } from "../wire.ts";
import { futuresTypeOf, positionSideOf, sideOf, statusOf, timeInForceOf } from "../wire-values.ts";

/**
 * A regular order of USDⓈ-M or COIN-M, as `GET /fapi/v1/order`, `GET /fapi/v1/openOrders` and the answers to placing, changing and
 * cancelling tell it: {"orderId":20072994037,"symbol":"BTCUSDT","status":"NEW","clientOrderId":"myOrder1","price":"30005",
 * "avgPrice":"0.0","origQty":"1","executedQty":"0","cumQuote":"0","timeInForce":"GTC","type":"LIMIT","origType":"LIMIT","reduceOnly":false,
 * "side":"BUY","positionSide":"BOTH","stopPrice":"0","goodTillDate":0,"updateTime":1629182711600}. Since 15 July 2026 `avgPrice` and
 * `cumQuote` are missing where an order is placed, changed or cancelled.
 */
export function toFuturesOrder(fields: Fields): VenueOrder {
  const price = positiveOf(fields, "price");
  const filledQuantity = fields.maybeNumber("executedQty") ?? 0;
  return {
    clientOrderId: fields.maybeText("clientOrderId") ?? "",
    orderId: idOf(fields, "orderId"),
    symbol: fields.text("symbol"),
    side: sideOf(fields.text("side"), fields.where),
    positionSide: positionSideOf(fields.maybeText("positionSide") ?? ""),
    type: futuresTypeOf(fields.maybeText("origType") ?? fields.text("type"), price !== undefined),
    quantity: fields.number("origQty"),
    price,
    triggerPrice: positiveOf(fields, "stopPrice"),
    timeInForce: timeInForceOf(fields.maybeText("timeInForce") ?? ""),
    reduceOnly: fields.maybeFlag("reduceOnly") ?? false,
    status: statusOf(fields.text("status")),
    filledQuantity,
    averagePrice: positiveOf(fields, "avgPrice") ?? averageOf(positiveOf(fields, "cumQuote"), filledQuantity),
    updatedAt: timeOf(fields, "updateTime", "time"),
  };
}

/** A conditional order of the algo service, and the regular order that it has become. */
export interface AlgoOrder {
  readonly order: VenueOrder;
  /** Id of the regular order; empty before the trigger was touched. */
  readonly actualOrderId: string;
  /** The service's own word: what became of a `FINISHED` one only its regular order says. */
  readonly algoStatus: string;
}

/**
 * A conditional order, as `POST` and `GET /fapi/v1/algoOrder`, `GET /fapi/v1/openAlgoOrders` (and `/dapi/v1/…` since 30 June 2026) tell it:
 * {"algoId":2146760,"clientAlgoId":"6B2I9XVcJpCjqPAJ4YoFX7","algoType":"CONDITIONAL","orderType":"TAKE_PROFIT","symbol":"BNBUSDT",
 * "side":"SELL","positionSide":"BOTH","timeInForce":"GTC","quantity":"0.01","algoStatus":"CANCELED","actualOrderId":"",
 * "actualPrice":"0.00000","triggerPrice":"750.000","price":"750.000","reduceOnly":false,"createTime":1750485492076,
 * "updateTime":1750514545091,"triggerTime":0,"goodTillDate":0}
 */
export function toAlgoOrder(fields: Fields): AlgoOrder {
  const price = positiveOf(fields, "price");
  const algoStatus = fields.text("algoStatus");
  const filledQuantity = positiveOf(fields, "actualQty") ?? 0;
  const quantity = positiveOf(fields, "quantity") ?? 0;
  return {
    actualOrderId: idOf(fields, "actualOrderId"),
    algoStatus,
    order: {
      clientOrderId: fields.maybeText("clientAlgoId") ?? "",
      orderId: idOf(fields, "algoId"),
      symbol: fields.text("symbol"),
      side: sideOf(fields.text("side"), fields.where),
      positionSide: positionSideOf(fields.maybeText("positionSide") ?? ""),
      type: futuresTypeOf(fields.maybeText("orderType") ?? fields.text("type"), price !== undefined),
      quantity,
      price,
      triggerPrice: positiveOf(fields, "triggerPrice"),
      timeInForce: timeInForceOf(fields.maybeText("timeInForce") ?? ""),
      reduceOnly: fields.maybeFlag("reduceOnly") ?? false,
      status: algoStatusOf(algoStatus, filledQuantity, quantity),
      filledQuantity,
      averagePrice: filledQuantity > 0 ? (positiveOf(fields, "actualPrice") ?? NaN) : NaN,
      updatedAt: timeOf(fields, "updateTime", "createTime"),
    },
  };
}

/** States of the algo service. `FINISHED` means filled or cancelled after the trigger, so only a full execution settles it. */
export function algoStatusOf(text: string, filledQuantity: number, quantity: number): OrderStatus {
  switch (text) {
    case "TRIGGERING":
    case "TRIGGERED":
      return filledQuantity > 0 ? "partiallyFilled" : "open";
    case "FINISHED":
      return quantity > 0 && filledQuantity >= quantity ? "filled" : "unknown";
    default:
      return statusOf(text);
  }
}
