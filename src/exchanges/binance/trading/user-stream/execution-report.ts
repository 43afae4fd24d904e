import type { VenueFill, VenueOrder } from "../../../../engine/venue-facts.ts";
import type { Fields } from "../../../transport/wire-fields.ts";
import { averageOf, idOf, positiveOf, timeOf, wordOf } from "../wire.ts";
import { sideOf, spotTypeOf, statusOf, timeInForceOf } from "../wire-values.ts";
import type { UserFact } from "./user-fact.ts";

/**
 * Spot, an order has changed: {"e":"executionReport","E":1499405658658,"s":"ETHBTC","c":"mUvoqJxFIILMdfAW5iGSOW","S":"BUY","o":"LIMIT",
 * "f":"GTC","q":"1.00000000","p":"0.10264410","P":"0.00000000","F":"0.00000000","g":-1,"C":"","x":"NEW","X":"NEW","r":"NONE","i":4293153,
 * "l":"0.00000000","z":"0.00000000","L":"0.00000000","n":"0","N":null,"T":1499405658657,"t":-1,"I":8641984,"w":true,"m":false,
 * "O":1499405658657,"Z":"0.00000000","Y":"0.00000000","Q":"0.00000000","V":"NONE"}. In a cancel `C` is our name of the order and `c` the
 * cancel's own.
 */
export function decodeExecutionReport(event: Fields): UserFact {
  const order = toOrder(event);
  const quantity = positiveOf(event, "l");
  const tradeId = idOf(event, "t");
  if (event.text("x") !== "TRADE" || quantity === undefined || tradeId === "") return { kind: "order", order };
  const fill: VenueFill = {
    tradeId,
    orderId: order.orderId,
    clientOrderId: order.clientOrderId,
    symbol: order.symbol,
    side: order.side,
    positionSide: "net",
    price: event.number("L"),
    quantity,
    fee: event.maybeNumber("n") ?? 0,
    feeAsset: event.maybeText("N") ?? "",
    liquidity: event.maybeFlag("m") === true ? "maker" : "taker",
    time: timeOf(event, "T", "E"),
    cause: "order",
  };
  return { kind: "fill", fill, order };
}

function toOrder(event: Fields): VenueOrder {
  const price = positiveOf(event, "p");
  const filledQuantity = event.maybeNumber("z") ?? 0;
  return {
    clientOrderId: wordOf(event, "C") ?? event.maybeText("c") ?? "",
    orderId: idOf(event, "i"),
    symbol: event.text("s"),
    side: sideOf(event.text("S"), event.where),
    positionSide: "net",
    type: positiveOf(event, "d") === undefined ? spotTypeOf(event.text("o"), price !== undefined) : "trailingStop",
    quantity: event.number("q"),
    price,
    triggerPrice: positiveOf(event, "P"),
    timeInForce: timeInForceOf(event.maybeText("f") ?? ""),
    reduceOnly: false,
    status: statusOf(event.text("X")),
    filledQuantity,
    averagePrice: averageOf(positiveOf(event, "Z"), filledQuantity),
    updatedAt: timeOf(event, "T", "E"),
    reason: wordOf(event, "r") ?? wordOf(event, "eR"),
  };
}
