import type { Instrument } from "../../domain/instrument.ts";
import type { VenueFill } from "../../engine/venue-facts.ts";
import type { VenueOrderRecord } from "../venue.ts";
import type { Json, JsonObject } from "./json.ts";
import { amount, millis, type Market } from "./market.ts";
import { sideWord, spotTypeWord, statusWord } from "./order-words.ts";

/** How much a placed order is told of: `newOrderRespType`. */
export type ResponseType = "ACK" | "RESULT" | "FULL";

/** An order as `GET /api/v3/order` tells it. */
export function spotOrder(market: Market, order: VenueOrderRecord): JsonObject {
  const instrument = market.instrument(order.symbol);
  return {
    symbol: order.symbol,
    orderId: BigInt(order.orderId),
    orderListId: market.lists.of(order)?.listId ?? -1,
    clientOrderId: order.clientOrderId,
    ...quantities(market, instrument, order),
    stopPrice: market.price(instrument, order.triggerPrice),
    icebergQty: "0.00000000",
    time: millis(order.createdAt),
    updateTime: millis(order.updatedAt),
    isWorking: !order.isWaiting,
    workingTime: order.isWaiting ? -1 : millis(order.createdAt),
    ...trailing(order),
    selfTradePreventionMode: "NONE",
  };
}

/** The answer to a placed order. */
export function spotPlaced(market: Market, order: VenueOrderRecord, respond: ResponseType, fills: readonly VenueFill[]): JsonObject {
  const instrument = market.instrument(order.symbol);
  const acknowledged = {
    symbol: order.symbol,
    orderId: BigInt(order.orderId),
    orderListId: market.lists.of(order)?.listId ?? -1,
    clientOrderId: order.clientOrderId,
    transactTime: millis(order.updatedAt),
  };
  if (respond === "ACK") return acknowledged;
  const result = {
    ...acknowledged,
    ...quantities(market, instrument, order),
    ...(order.triggerPrice === undefined ? {} : { stopPrice: market.price(instrument, order.triggerPrice) }),
    ...trailing(order),
    workingTime: order.isWaiting ? -1 : millis(order.createdAt),
    selfTradePreventionMode: "NONE",
  };
  return respond === "RESULT" ? result : { ...result, fills: fills.map((fill) => placedFill(market, instrument, fill)) };
}

/** The answer to a cancelled order; the cancellation has a name of its own. */
export function spotCancelled(market: Market, order: VenueOrderRecord, cancelName: string): JsonObject {
  const instrument = market.instrument(order.symbol);
  return {
    symbol: order.symbol,
    origClientOrderId: order.clientOrderId,
    orderId: BigInt(order.orderId),
    orderListId: market.lists.of(order)?.listId ?? -1,
    clientOrderId: cancelName,
    transactTime: millis(order.updatedAt),
    ...quantities(market, instrument, order),
    ...(order.triggerPrice === undefined ? {} : { stopPrice: market.price(instrument, order.triggerPrice) }),
    selfTradePreventionMode: "NONE",
  };
}

/** The answer to an order made smaller in its place. */
export function spotAmended(market: Market, order: VenueOrderRecord, executionId: number): JsonObject {
  const instrument = market.instrument(order.symbol);
  return {
    transactTime: millis(order.updatedAt),
    executionId,
    amendedOrder: {
      symbol: order.symbol,
      orderId: BigInt(order.orderId),
      orderListId: market.lists.of(order)?.listId ?? -1,
      origClientOrderId: order.clientOrderId,
      clientOrderId: order.clientOrderId,
      price: market.price(instrument, order.price),
      qty: market.quantity(instrument, order.quantity),
      executedQty: market.quantity(instrument, order.filledQuantity),
      preventedQty: "0.00000000",
      quoteOrderQty: "0.00000000",
      cumulativeQuoteQty: amount(quoteValue(order)),
      status: statusWord(order.status),
      timeInForce: order.timeInForce,
      type: spotTypeWord(order),
      side: sideWord(order.side),
      workingTime: millis(order.createdAt),
      selfTradePreventionMode: "NONE",
    },
  };
}

/** A fill as `GET /api/v3/myTrades` tells it. */
export function spotTrade(market: Market, fill: VenueFill): JsonObject {
  const instrument = market.instrument(fill.symbol);
  const order = market.venue.order(fill.symbol, { orderId: fill.orderId });
  return {
    symbol: fill.symbol,
    id: BigInt(fill.tradeId),
    orderId: BigInt(fill.orderId),
    orderListId: order === undefined ? -1 : (market.lists.of(order)?.listId ?? -1),
    price: market.price(instrument, fill.price),
    qty: market.quantity(instrument, fill.quantity),
    quoteQty: amount(fill.price * fill.quantity),
    commission: amount(fill.fee),
    commissionAsset: fill.feeAsset,
    time: millis(fill.time),
    isBuyer: fill.side === "buy",
    isMaker: fill.liquidity === "maker",
    isBestMatch: true,
  };
}

/** What has been traded so far, in the quote asset. */
export function quoteValue(order: VenueOrderRecord): number {
  return order.filledQuantity === 0 ? 0 : order.averagePrice * order.filledQuantity;
}

/** Trailing stops show their distance in basis points. */
export function trailing(order: VenueOrderRecord): Readonly<Record<string, Json>> {
  if (order.trailingPct === undefined) return {};
  return { trailingDelta: Math.round(order.trailingPct * 100), trailingTime: millis(order.createdAt) };
}

function quantities(market: Market, instrument: Instrument, order: VenueOrderRecord): JsonObject {
  return {
    price: market.price(instrument, order.price),
    origQty: market.quantity(instrument, order.quantity),
    executedQty: market.quantity(instrument, order.filledQuantity),
    origQuoteOrderQty: "0.00000000",
    cummulativeQuoteQty: amount(quoteValue(order)),
    status: statusWord(order.status),
    timeInForce: order.timeInForce,
    type: spotTypeWord(order),
    side: sideWord(order.side),
  };
}

function placedFill(market: Market, instrument: Instrument, fill: VenueFill): JsonObject {
  return {
    price: market.price(instrument, fill.price),
    qty: market.quantity(instrument, fill.quantity),
    commission: amount(fill.fee),
    commissionAsset: fill.feeAsset,
    tradeId: BigInt(fill.tradeId),
  };
}
