import type { VenueFill } from "../../engine/venue-facts.ts";
import type { VenueEvent, VenueOrderRecord } from "../venue.ts";
import { marginOf } from "./futures-margin.ts";
import { averagePrice } from "./futures-reports.ts";
import type { Found } from "./algo-orders.ts";
import type { Json, JsonObject } from "./json.ts";
import { amount, millis, type Market } from "./market.ts";
import { futuresTypeWord, positionSideWord, sideWord, statusWord, timeInForceWord, workingTypeWord } from "./order-words.ts";

/** "Execution Type"; CALCULATED is a liquidation. */
export type FuturesExecution = "NEW" | "CANCELED" | "CALCULATED" | "EXPIRED" | "TRADE" | "AMENDMENT";

/** {"e":"ORDER_TRADE_UPDATE","E":1568879465651,"T":1568879465650,"o":{"s":"BTCUSDT","c":"TEST","S":"SELL","o":"MARKET",…}} */
export function orderTradeUpdate(
  market: Market,
  order: VenueOrderRecord,
  execution: { readonly type: FuturesExecution; readonly fill?: VenueFill; readonly profit?: number },
): JsonObject {
  const instrument = market.instrument(order.symbol);
  const { fill } = execution;
  const time = millis(fill?.time ?? order.updatedAt);
  return {
    e: "ORDER_TRADE_UPDATE",
    T: time,
    E: market.now,
    o: {
      s: order.symbol,
      c: order.clientOrderId,
      S: sideWord(order.side),
      o: workingTypeWord(order),
      f: timeInForceWord(order, false),
      q: market.quantity(instrument, order.quantity),
      p: market.price(instrument, order.price),
      ap: averagePrice(market, order),
      sp: market.price(instrument, order.triggerPrice),
      x: execution.type,
      X: statusWord(order.status),
      i: BigInt(order.orderId),
      l: market.quantity(instrument, fill?.quantity ?? 0),
      z: market.quantity(instrument, order.filledQuantity),
      L: market.price(instrument, fill?.price ?? 0),
      ...(market.kind === "inverse" ? { ma: instrument.settleAsset } : {}),
      ...(fill === undefined ? {} : { n: amount(fill.fee), N: fill.feeAsset }),
      T: time,
      t: fill === undefined ? 0 : BigInt(fill.tradeId),
      b: "0",
      a: "0",
      m: fill?.liquidity === "maker",
      R: order.reduceOnly,
      wt: "CONTRACT_PRICE",
      ot: futuresTypeWord(order.type),
      ps: positionSideWord(order.positionSide),
      cp: market.algos.see(order)?.closePosition ?? false,
      ...(order.trailingPct === undefined ? {} : { AP: market.price(instrument, order.activationPrice), cr: String(order.trailingPct) }),
      pP: false,
      si: 0,
      ss: 0,
      rp: amount(execution.profit ?? 0),
      V: "EXPIRE_MAKER",
      pm: "NONE",
      gtd: 0,
    },
  };
}

/** The order that the exchange itself places to liquidate or deleverage; its name says so. */
export function ownOrder(fill: VenueFill): VenueOrderRecord {
  const isAdl = fill.cause === "adl";
  return {
    clientOrderId: isAdl ? "adl_autoclose" : `autoclose-${millis(fill.time)}`,
    orderId: fill.orderId,
    symbol: fill.symbol,
    side: fill.side,
    positionSide: fill.positionSide,
    type: "limit",
    quantity: fill.quantity,
    price: fill.price,
    timeInForce: "IOC",
    reduceOnly: true,
    status: "filled",
    filledQuantity: fill.quantity,
    averagePrice: fill.price,
    updatedAt: fill.time,
    createdAt: fill.time,
    postOnly: false,
    isWaiting: false,
    origin: "external",
  };
}

/** {"e":"ALGO_UPDATE","T":1750515742297,"E":1750515742303,"o":{"caid":"Q5xaq5EGKgXXa0fD7fs0Ip","aid":2148719,"at":"CONDITIONAL",…}} */
export function algoUpdate(market: Market, { algo, order }: Found): JsonObject {
  const instrument = market.instrument(order.symbol);
  return {
    e: "ALGO_UPDATE",
    T: millis(order.updatedAt),
    E: market.now,
    o: {
      caid: algo.clientAlgoId,
      aid: BigInt(algo.algoId),
      at: "CONDITIONAL",
      o: futuresTypeWord(order.type),
      s: order.symbol,
      S: sideWord(order.side),
      ps: positionSideWord(order.positionSide),
      f: timeInForceWord(order, false),
      q: market.quantity(instrument, order.quantity),
      X: market.algos.statusOf(algo, order),
      ai: algo.hasTriggered ? order.orderId : "",
      ...(algo.hasTriggered
        ? {
            ap: averagePrice(market, order),
            aq: market.quantity(instrument, order.filledQuantity),
            act: workingTypeWord({ ...order, isWaiting: false }),
          }
        : {}),
      tp: market.price(instrument, order.triggerPrice),
      p: market.price(instrument, order.price),
      V: "EXPIRE_MAKER",
      wt: algo.workingType,
      pm: "NONE",
      cp: algo.closePosition,
      pP: algo.priceProtect,
      R: order.reduceOnly,
      tt: millis(algo.triggerTime),
      gtd: 0,
      rm: order.status === "rejected" || order.status === "expired" ? (order.reason ?? "") : "",
    },
  };
}

type AccountEvent = Extract<VenueEvent, { kind: "account" }>;

/** {"e":"ACCOUNT_UPDATE","E":…,"T":…,"a":{"m":"ORDER","B":[{"a":"USDT","wb":"122624.12","cw":"100.12","bc":"50.12"}],"P":[…]}} */
export function accountUpdate(market: Market, event: AccountEvent): JsonObject {
  const moved = event.transfer?.amount ?? 0;
  return {
    e: "ACCOUNT_UPDATE",
    T: millis(event.time),
    E: market.now,
    a: {
      m: reason(event, moved),
      B: event.balances.map(({ asset, total }) => ({
        a: asset,
        wb: amount(total),
        cw: amount(total),
        // What neither a profit nor a commission has changed.
        bc: amount(event.transfer?.asset === asset && event.cause !== "order" ? moved : 0),
      })),
      P: event.positions.map((position): Json => {
        const instrument = market.instrument(position.symbol);
        const margin = marginOf(market, instrument, position);
        return {
          s: position.symbol,
          pa: market.quantity(instrument, position.quantity),
          ep: amount(margin.entryPrice),
          bep: amount(margin.entryPrice),
          cr: "0",
          up: amount(margin.unrealized),
          mt: margin.isIsolated ? "isolated" : "cross",
          iw: amount(margin.isIsolated ? margin.initialMargin : 0),
          ps: positionSideWord(position.side),
          ma: instrument.settleAsset,
        };
      }),
    },
  };
}

function reason({ cause }: AccountEvent, moved: number): string {
  switch (cause) {
    case "order":
      return "ORDER";
    case "funding":
      return "FUNDING_FEE";
    case "transfer":
      return moved < 0 ? "WITHDRAW" : "DEPOSIT";
    case "marginChange":
      return "MARGIN_TYPE_CHANGE";
  }
}

/** {"e":"ACCOUNT_CONFIG_UPDATE","E":1611646737479,"T":1611646737476,"ac":{"s":"BTCUSDT","l":25}} */
export function leverageUpdate(market: Market, symbol: string): JsonObject {
  const now = market.now;
  return { e: "ACCOUNT_CONFIG_UPDATE", E: now, T: now, ac: { s: symbol, l: market.venue.leverageOf(symbol) } };
}
