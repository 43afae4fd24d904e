import type { VenueFill } from "../../engine/venue-facts.ts";
import type { VenueOrderRecord } from "../venue.ts";
import type { Found } from "./algo-orders.ts";
import type { JsonObject } from "./json.ts";
import { amount, millis, valueOf, type Market } from "./market.ts";
import { pairOf } from "./market-data.ts";
import { futuresTypeWord, positionSideWord, sideWord, statusWord, timeInForceWord, workingTypeWord } from "./order-words.ts";

/** An order as the futures tell it: placed, asked for, changed or cancelled. */
export function futuresOrder(market: Market, order: VenueOrderRecord): JsonObject {
  const instrument = market.instrument(order.symbol);
  const hasFilled = order.filledQuantity > 0;
  const value = amount(hasFilled ? valueOf(instrument, order.filledQuantity, order.averagePrice) : 0);
  return {
    orderId: BigInt(order.orderId),
    symbol: order.symbol,
    ...(market.kind === "inverse" ? { pair: pairOf(instrument) } : {}),
    status: statusWord(order.status),
    clientOrderId: order.clientOrderId,
    price: market.price(instrument, order.price),
    avgPrice: averagePrice(market, order),
    origQty: market.quantity(instrument, order.quantity),
    executedQty: market.quantity(instrument, order.filledQuantity),
    cumQty: market.quantity(instrument, order.filledQuantity),
    ...(market.kind === "inverse" ? { cumBase: value } : { cumQuote: value }),
    timeInForce: timeInForceWord(order, false),
    type: workingTypeWord(order),
    reduceOnly: order.reduceOnly,
    closePosition: market.algos.see(order)?.closePosition ?? false,
    side: sideWord(order.side),
    positionSide: positionSideWord(order.positionSide),
    stopPrice: market.price(instrument, order.triggerPrice),
    workingType: "CONTRACT_PRICE",
    priceProtect: false,
    origType: futuresTypeWord(order.type),
    priceMatch: "NONE",
    selfTradePreventionMode: "EXPIRE_MAKER",
    goodTillDate: 0,
    time: millis(order.createdAt),
    updateTime: millis(order.updatedAt),
  };
}

/** The answer `ACK` to a new order: what was accepted, before anything has happened to it. */
export function futuresAcknowledged(market: Market, order: VenueOrderRecord): JsonObject {
  const untouched = { ...order, status: "open" as const, filledQuantity: 0, averagePrice: NaN };
  return futuresOrder(market, untouched);
}

export function averagePrice(market: Market, order: VenueOrderRecord): string {
  return order.filledQuantity > 0 ? amount(order.averagePrice) : market.kind === "inverse" ? "0.0" : "0.00";
}

/** A fill as `userTrades` tells it. */
export function futuresTrade(market: Market, fill: VenueFill): JsonObject {
  const instrument = market.instrument(fill.symbol);
  const value = amount(valueOf(instrument, fill.quantity, fill.price));
  return {
    symbol: fill.symbol,
    id: BigInt(fill.tradeId),
    orderId: BigInt(fill.orderId),
    ...(market.kind === "inverse"
      ? { pair: pairOf(instrument), marginAsset: instrument.settleAsset, baseQty: value }
      : { quoteQty: value }),
    side: sideWord(fill.side),
    price: market.price(instrument, fill.price),
    qty: market.quantity(instrument, fill.quantity),
    realizedPnl: amount(market.profits.of(fill)),
    commission: amount(fill.fee),
    commissionAsset: fill.feeAsset,
    time: millis(fill.time),
    positionSide: positionSideWord(fill.positionSide),
    maker: fill.liquidity === "maker",
    buyer: fill.side === "buy",
  };
}

/** A conditional order as the algo service tells it. */
export function algoOrder(market: Market, { algo, order }: Found): JsonObject {
  const instrument = market.instrument(order.symbol);
  return {
    algoId: BigInt(algo.algoId),
    clientAlgoId: algo.clientAlgoId,
    algoType: "CONDITIONAL",
    orderType: futuresTypeWord(order.type),
    symbol: order.symbol,
    side: sideWord(order.side),
    positionSide: positionSideWord(order.positionSide),
    timeInForce: timeInForceWord(order, false),
    quantity: market.quantity(instrument, order.quantity),
    algoStatus: market.algos.statusOf(algo, order),
    actualOrderId: algo.hasTriggered ? order.orderId : "",
    actualPrice: algo.hasTriggered ? averagePrice(market, order) : "0.00000",
    ...(algo.hasTriggered
      ? { actualType: workingTypeWord({ ...order, isWaiting: false }), actualQty: market.quantity(instrument, order.filledQuantity) }
      : {}),
    triggerPrice: market.price(instrument, order.triggerPrice),
    price: market.price(instrument, order.price),
    icebergQuantity: null,
    tpTriggerPrice: "0.000",
    tpPrice: "0.000",
    slTriggerPrice: "0.000",
    slPrice: "0.000",
    tpOrderType: "",
    selfTradePreventionMode: "EXPIRE_MAKER",
    workingType: algo.workingType,
    priceMatch: "NONE",
    closePosition: algo.closePosition,
    priceProtect: algo.priceProtect,
    reduceOnly: order.reduceOnly,
    activatePrice: order.activationPrice === undefined ? "" : market.price(instrument, order.activationPrice),
    callbackRate: order.trailingPct === undefined ? "" : String(order.trailingPct),
    createTime: millis(algo.createTime),
    updateTime: millis(order.updatedAt),
    triggerTime: millis(algo.triggerTime),
    goodTillDate: 0,
  };
}
