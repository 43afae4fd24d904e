import type { VenueFill, VenueOrder } from "../../../../engine/venue-facts.ts";
import type { Fields } from "../../../transport/wire-fields.ts";
import { idOf, positiveOf, timeOf } from "../wire.ts";
import { causeOf, futuresTypeOf, positionSideOf, sideOf, statusOf, timeInForceOf } from "../wire-values.ts";
import type { UserFact } from "./user-fact.ts";

/**
 * Futures, an order has changed: {"e":"ORDER_TRADE_UPDATE","E":1568879465651,"T":1568879465650,"o":{"s":"BTCUSDT","c":"TEST","S":"SELL",
 * "o":"LIMIT","f":"GTC","q":"0.001","p":"9910","ap":"0","sp":"0","x":"NEW","X":"NEW","i":8886774,"l":"0","z":"0","L":"0","N":"USDT",
 * "n":"0","T":1568879465650,"t":0,"b":"0","a":"9.91","m":false,"R":false,"wt":"CONTRACT_PRICE","ot":"LIMIT","ps":"LONG","cp":false,
 * "rp":"0","V":"EXPIRE_TAKER","pm":"OPPONENT","gtd":0,"er":"0"}}. COIN-M adds the account's alias "i" outside and the margin asset "ma"
 * inside. A client id that begins with `autoclose-` is a liquidation, `adl_autoclose` auto-deleveraging.
 */
export function decodeOrderTradeUpdate(event: Fields): UserFact {
  const details = event.fields("o");
  const order = toOrder(details, timeOf(event, "T", "E"));
  const execution = details.text("x");
  const quantity = positiveOf(details, "l");
  // CALCULATED is an execution of a liquidation.
  if ((execution !== "TRADE" && execution !== "CALCULATED") || quantity === undefined) return { kind: "order", order };
  const tradeId = idOf(details, "t");
  const fill: VenueFill = {
    // A liquidation may come without one; what has been filled in all by then names it as well.
    tradeId: tradeId === "" ? `${order.orderId}:${details.maybeText("z") ?? ""}` : tradeId,
    orderId: order.orderId,
    clientOrderId: order.clientOrderId,
    symbol: order.symbol,
    side: order.side,
    positionSide: order.positionSide,
    price: details.number("L"),
    quantity,
    fee: details.maybeNumber("n") ?? 0,
    feeAsset: details.maybeText("N") ?? details.maybeText("ma") ?? "",
    liquidity: details.maybeFlag("m") === true ? "maker" : "taker",
    time: order.updatedAt,
    cause: execution === "CALCULATED" && causeOf(order.clientOrderId) === "order" ? "liquidation" : causeOf(order.clientOrderId),
  };
  return { kind: "fill", fill, order };
}

/** Field `er`, why an order has ended (developers.binance.com, derivatives, "Event: Order Update"). */
const EXPIRY_REASONS: readonly string[] = [
  "",
  "it would have traded with an order of the same account",
  "what was left of an IOC order",
  "what was left of an IOC order that would have traded with an order of the same account",
  "it would have grown or reversed the position, beside other reduce-only orders",
  "the account is being liquidated",
  "its position is gone",
  "the symbol is being delisted",
  "its stop order has been triggered",
  "the book was too thin for a market order",
  "a FOK order that could not be filled at once",
  "a post-only order that would have traded at once",
];

function toOrder(details: Fields, eventTime: number): VenueOrder {
  const price = positiveOf(details, "p");
  return {
    clientOrderId: details.maybeText("c") ?? "",
    orderId: idOf(details, "i"),
    symbol: details.text("s"),
    side: sideOf(details.text("S"), details.where),
    positionSide: positionSideOf(details.maybeText("ps") ?? ""),
    type: futuresTypeOf(details.maybeText("ot") ?? details.text("o"), price !== undefined),
    quantity: details.number("q"),
    price,
    triggerPrice: positiveOf(details, "sp"),
    timeInForce: timeInForceOf(details.maybeText("f") ?? ""),
    reduceOnly: details.maybeFlag("R") ?? false,
    status: statusOf(details.text("X")),
    filledQuantity: details.maybeNumber("z") ?? 0,
    averagePrice: positiveOf(details, "ap") ?? NaN,
    updatedAt: timeOf(details, "T") || eventTime,
    reason: reasonOf(details.maybeText("er") ?? "0"),
  };
}

function reasonOf(code: string): string | undefined {
  if (code === "0" || code === "") return undefined;
  return EXPIRY_REASONS[Number(code)] ?? `Binance's reason ${code.slice(0, 40)}`;
}
