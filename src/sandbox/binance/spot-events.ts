import type { VenueFill } from "../../engine/venue-facts.ts";
import type { VenueEvent, VenueOrderRecord } from "../venue.ts";
import type { JsonObject } from "./json.ts";
import { amount, millis, type Market } from "./market.ts";
import { sideWord, spotTypeWord, statusWord } from "./order-words.ts";
import { quoteValue, trailing } from "./spot-reports.ts";
import { isDone, ordersOf } from "./spot-lists.ts";

/** Why the report is sent: "Current execution type". */
export type ExecutionType = "NEW" | "CANCELED" | "REPLACED" | "REJECTED" | "TRADE" | "EXPIRED";

/** {"e":"executionReport","E":1499405658658,"s":"ETHBTC","c":"mUvoqJxFIILMdfAW5iGSOW","S":"BUY","o":"LIMIT",…} */
export function executionReport(
  market: Market,
  order: VenueOrderRecord,
  execution: { readonly type: ExecutionType; readonly id: number; readonly fill?: VenueFill },
): JsonObject {
  const instrument = market.instrument(order.symbol);
  const { fill } = execution;
  const cancelName = execution.type === "CANCELED" ? market.cancelNames.get(order.orderId) : undefined;
  return {
    e: "executionReport",
    E: market.now,
    s: order.symbol,
    c: cancelName ?? order.clientOrderId,
    S: sideWord(order.side),
    o: spotTypeWord(order),
    f: order.timeInForce,
    q: market.quantity(instrument, order.quantity),
    p: market.price(instrument, order.price),
    P: market.price(instrument, order.triggerPrice),
    F: "0.00000000",
    g: market.lists.of(order)?.listId ?? -1,
    C: cancelName === undefined ? "" : order.clientOrderId,
    x: execution.type,
    X: statusWord(order.status),
    r: "NONE",
    i: BigInt(order.orderId),
    l: market.quantity(instrument, fill?.quantity ?? 0),
    z: market.quantity(instrument, order.filledQuantity),
    L: market.price(instrument, fill?.price ?? 0),
    n: fill === undefined ? "0" : amount(fill.fee),
    N: fill === undefined ? null : fill.feeAsset,
    T: millis(fill?.time ?? order.updatedAt),
    t: fill === undefined ? -1 : BigInt(fill.tradeId),
    I: execution.id,
    w: !order.isWaiting && (order.status === "open" || order.status === "partiallyFilled"),
    m: fill?.liquidity === "maker",
    M: fill !== undefined,
    O: millis(order.createdAt),
    Z: amount(quoteValue(order)),
    Y: amount(fill === undefined ? 0 : fill.price * fill.quantity),
    Q: "0.00000000",
    ...(order.isWaiting ? {} : { W: millis(order.createdAt) }),
    V: "NONE",
    ...(order.trailingPct === undefined ? {} : { d: trailing(order)["trailingDelta"] ?? 0 }),
    ...(order.status === "expired" ? { eR: expiryReason(order) } : {}),
  };
}

function expiryReason(order: VenueOrderRecord): string {
  if (order.ocoGroup !== undefined) return "OCO_TRIGGER";
  if (order.timeInForce === "IOC") return "UNFILLED_IOC_QUANTITY_EXPIRED";
  if (order.timeInForce === "FOK") return "UNFILLED_FOK_ORDER_EXPIRED";
  return order.type === "market" ? "INSUFFICIENT_LIQUIDITY" : "EXCHANGE_CANCELED";
}

/** {"e":"outboundAccountPosition","E":1564034571105,"u":1564034571073,"B":[{"a":"ETH","f":"10000.000000","l":"0.000000"}]} */
export function accountPosition(market: Market, event: Extract<VenueEvent, { kind: "account" }>): JsonObject {
  return {
    e: "outboundAccountPosition",
    E: market.now,
    u: millis(event.time),
    B: event.balances.map(({ asset, total, free }) => ({ a: asset, f: amount(free), l: amount(total - free) })),
  };
}

/** {"e":"balanceUpdate","E":1573200697110,"a":"BTC","d":"100.00000000","T":1573200697068} */
export function balanceUpdate(
  market: Market,
  moved: { readonly asset: string; readonly amount: number; readonly time: number },
): JsonObject {
  return { e: "balanceUpdate", E: market.now, a: moved.asset, d: amount(moved.amount), T: millis(moved.time) };
}

/** {"e":"listStatus","E":1564035303637,"s":"ETHBTC","g":2,"c":"OCO","l":"EXEC_STARTED","L":"EXECUTING","r":"NONE",…}; undefined outside lists. */
export function listStatus(market: Market, order: VenueOrderRecord): JsonObject | undefined {
  const list = market.lists.of(order);
  if (list === undefined) return undefined;
  const done = isDone(market, list);
  return {
    e: "listStatus",
    E: market.now,
    s: list.symbol,
    g: list.listId,
    c: "OCO",
    l: done ? "ALL_DONE" : "EXEC_STARTED",
    L: done ? "ALL_DONE" : "EXECUTING",
    r: "NONE",
    C: list.clientListId,
    T: millis(order.updatedAt),
    O: ordersOf(market, list).map(({ symbol, orderId, clientOrderId }) => ({ s: symbol, i: BigInt(orderId), c: clientOrderId })),
  };
}
