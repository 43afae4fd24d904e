import type { VenueFill, VenueOrder } from "../../../../engine/venue-facts.ts";
import type { Fields } from "../../../transport/wire-fields.ts";
import { averageOf, idOf, positiveOf, timeOf } from "../wire.ts";
import { sideOf, spotTypeOf, statusOf, timeInForceOf } from "../wire-values.ts";

/**
 * An order of spot, as `GET /api/v3/order`, `GET /api/v3/openOrders` and the answers to placing and cancelling tell it:
 * {"symbol":"LTCBTC","orderId":1,"orderListId":-1,"clientOrderId":"myOrder1","price":"0.1","origQty":"1.0","executedQty":"0.0",
 * "cummulativeQuoteQty":"0.0","status":"NEW","timeInForce":"GTC","type":"LIMIT","side":"BUY","stopPrice":"0.0","time":1499827319559,
 * "updateTime":1499827319559}. A cancelled one carries our id as `origClientOrderId` and the cancel's own as `clientOrderId`.
 */
export function toSpotOrder(fields: Fields): VenueOrder {
  const price = positiveOf(fields, "price");
  const filledQuantity = fields.maybeNumber("executedQty") ?? 0;
  return {
    clientOrderId: fields.maybeText("origClientOrderId") ?? fields.maybeText("clientOrderId") ?? "",
    orderId: idOf(fields, "orderId"),
    symbol: fields.text("symbol"),
    side: sideOf(fields.text("side"), fields.where),
    positionSide: "net",
    type: positiveOf(fields, "trailingDelta") === undefined ? spotTypeOf(fields.text("type"), price !== undefined) : "trailingStop",
    quantity: fields.number("origQty"),
    price,
    triggerPrice: positiveOf(fields, "stopPrice"),
    timeInForce: timeInForceOf(fields.maybeText("timeInForce") ?? ""),
    reduceOnly: false,
    status: statusOf(fields.text("status")),
    filledQuantity,
    averagePrice: averageOf(positiveOf(fields, "cummulativeQuoteQty"), filledQuantity),
    updatedAt: timeOf(fields, "updateTime", "transactTime", "time"),
    reason: fields.maybeText("expiryReason"),
  };
}

/**
 * Executions told with the answer to an order (`newOrderRespType=FULL`):
 * {"price":"4000.00000000","qty":"1.00000000","commission":"4.00000000","commissionAsset":"USDT","tradeId":56}
 */
export function toSpotFills(fields: Fields, order: VenueOrder): readonly VenueFill[] {
  if (!fields.has("fills")) return [];
  return fields.fieldsOfEach("fills").map((fill) => ({
    tradeId: fill.text("tradeId"),
    orderId: order.orderId,
    clientOrderId: order.clientOrderId,
    symbol: order.symbol,
    side: order.side,
    positionSide: "net",
    price: fill.number("price"),
    quantity: fill.number("qty"),
    fee: fill.number("commission"),
    feeAsset: fill.text("commissionAsset"),
    // What is filled while the order is being placed has met orders that were there before.
    liquidity: "taker",
    time: order.updatedAt,
    cause: "order",
  }));
}
