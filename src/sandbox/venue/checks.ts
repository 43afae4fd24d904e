import type { Instrument } from "../../domain/instrument.ts";
import { Grid } from "../../base/grid.ts";
import { contractSizeOf, isInverse } from "../../domain/instrument.ts";
import type { VenueOrderRequest, VenueRefusal, VenueStatus } from "../venue.ts";
import { isConditional } from "./order-book.ts";

/** Why an order is not taken. */
export interface Refused {
  readonly refusal: VenueRefusal;
  readonly text: string;
}

/** What is known of a symbol when an order for it arrives. */
export interface Situation {
  readonly instrument: Instrument;
  readonly status: VenueStatus;
  /** Of the others' orders. */
  readonly bestBid: number;
  readonly bestAsk: number;
  readonly lastPrice: number;
  readonly markPrice: number;
  readonly positionMode: "hedge" | "oneWay";
  /** Of the side that the order is for, above zero long. */
  readonly positionQuantity: number;
  readonly openOrders: number;
  readonly openOrdersMax: number;
  readonly priceBand: { readonly down: number; readonly up: number };
  readonly now: number;
}

type Check = (request: VenueOrderRequest, situation: Situation) => Refused | undefined;

/** Why the venue does not take an order, money and client ids aside; undefined when it does. */
export function refusalOf(request: VenueOrderRequest, situation: Situation): Refused | undefined {
  for (const check of CHECKS) {
    const refused = check(request, situation);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

const checkStatus: Check = ({ symbol }, { status }) =>
  status === "trading" ? undefined : refuse("notTrading", `${symbol} does not trade now (${status})`);

const checkParameters: Check = (request, { now, instrument }) => {
  const { type, price, triggerPrice, trailingPct, timeInForce, expiresAt, postOnly = false } = request;
  const isPriced = type === "limit" || type === "stopLimit" || type === "takeProfitLimit";
  if (isPriced !== (price !== undefined)) return refuse("parameter", `a ${type} order ${isPriced ? "needs a" : "has no"} price`);
  const isTriggered = isConditional(type) && type !== "trailingStop";
  if (isTriggered !== (triggerPrice !== undefined)) {
    return refuse("parameter", `a ${type} order ${isTriggered ? "needs a" : "has no"} trigger price`);
  }
  for (const value of [price, triggerPrice, request.activationPrice]) {
    if (value !== undefined && !(value > 0 && value < Infinity)) return refuse("parameter", "a price is a number above zero");
  }
  if (type === "trailingStop" && !(trailingPct !== undefined && trailingPct >= 0.1 && trailingPct <= 20)) {
    return refuse("parameter", "a trailing stop needs a distance of 0.1 to 20 percent");
  }
  if ((timeInForce === "GTD") !== (expiresAt !== undefined)) return refuse("parameter", "a GTD order and no other has an end");
  if (expiresAt !== undefined && !(expiresAt > now)) return refuse("parameter", "the order's end lies in the past");
  if (postOnly && (!isPriced || timeInForce === "IOC" || timeInForce === "FOK")) {
    return refuse("parameter", "only a limit order that may rest can be post-only");
  }
  if (request.reduceOnly === true && instrument.kind === "spot") return refuse("parameter", "there is nothing to reduce on spot");
  return undefined;
};

const checkPositionSide: Check = ({ positionSide = "net", reduceOnly }, { instrument, positionMode }) => {
  const isHedge = instrument.kind !== "spot" && positionMode === "hedge";
  if (isHedge === (positionSide === "net"))
    return refuse("positionSide", `the position side ${positionSide} does not fit the position mode`);
  if (isHedge && reduceOnly === true) return refuse("parameter", "reduce-only is implied by the side in hedge mode");
  return undefined;
};

const checkQuantity: Check = ({ quantity }, { instrument }) => {
  const smallest = Number(instrument.quantityMin ?? instrument.quantityStep);
  if (!(quantity >= smallest)) return refuse("quantity", `the quantity ${quantity} is below the smallest of ${smallest}`);
  if (quantity > Number(instrument.quantityMax ?? Infinity) || !(quantity < 1e15)) {
    return refuse("quantity", `the quantity ${quantity} is above the largest of ${instrument.quantityMax ?? "1e15"}`);
  }
  if (!isOnGrid(quantity, instrument.quantityStep)) {
    return refuse("quantityStep", `the quantity ${quantity} is no multiple of ${instrument.quantityStep}`);
  }
  return undefined;
};

const checkPrices: Check = ({ price, triggerPrice, activationPrice, side }, { instrument, markPrice, priceBand }) => {
  for (const value of [price, triggerPrice, activationPrice]) {
    if (value !== undefined && !isOnGrid(value, instrument.priceStep)) {
      return refuse("priceStep", `the price ${value} is no multiple of ${instrument.priceStep}`);
    }
  }
  if (price === undefined) return undefined;
  // On futures only the side that would be a mistake is bounded.
  const isHigh = price > markPrice * priceBand.up && (instrument.kind === "spot" || side === "buy");
  const isLow = price < markPrice * priceBand.down && (instrument.kind === "spot" || side === "sell");
  if (isHigh || isLow) return refuse("priceBand", `the price ${price} is too far from the market's ${markPrice}`);
  return undefined;
};

const checkNotional: Check = (request, { instrument, lastPrice }) => {
  if (instrument.notionalMin === undefined || request.reduceOnly === true) return undefined;
  const price = request.price ?? request.triggerPrice ?? lastPrice;
  const size = request.quantity * Number(contractSizeOf(instrument));
  const notional = isInverse(instrument) ? size : size * price;
  if (notional >= Number(instrument.notionalMin)) return undefined;
  return refuse("notional", `the value ${notional} is below the smallest of ${instrument.notionalMin}`);
};

const checkOpenOrders: Check = (_request, { openOrders, openOrdersMax }) =>
  openOrders < openOrdersMax ? undefined : refuse("orderLimit", `there are ${openOrders} open orders already`);

const checkReduction: Check = (request, { positionMode, positionQuantity, instrument }) => {
  // Whether a conditional order has something to reduce shows when it is triggered.
  if (instrument.kind === "spot" || isConditional(request.type)) return undefined;
  const reduces = request.reduceOnly === true || (positionMode === "hedge" && isClosingSide(request));
  const direction = request.side === "buy" ? -1 : 1;
  if (!reduces || positionQuantity * direction > 0) return undefined;
  return refuse("reduceOnly", "there is no position to reduce");
};

const checkTrigger: Check = (request, { lastPrice }) => {
  const { type, side, triggerPrice, activationPrice } = request;
  const level = type === "trailingStop" ? activationPrice : triggerPrice;
  if (!isConditional(type) || level === undefined) return undefined;
  const isStop = type === "stop" || type === "stopLimit";
  const firesUp = isStop === (side === "buy");
  if (firesUp ? lastPrice < level : lastPrice > level) return undefined;
  return refuse("wouldTrigger", `the order would trigger at once: the market is at ${lastPrice}`);
};

const checkPostOnly: Check = ({ type, side, price, postOnly }, { bestBid, bestAsk }) => {
  if (postOnly !== true || type !== "limit" || price === undefined) return undefined;
  if (side === "buy" ? price < bestAsk : price > bestBid) return undefined;
  return refuse("postOnly", "a post-only order would have taken liquidity");
};

const CHECKS: readonly Check[] = [
  checkStatus,
  checkParameters,
  checkPositionSide,
  checkQuantity,
  checkPrices,
  checkNotional,
  checkOpenOrders,
  checkReduction,
  checkTrigger,
  checkPostOnly,
];

/** In hedge mode, whether an order is for closing its side. */
export function isClosingSide({ side, positionSide }: Pick<VenueOrderRequest, "side" | "positionSide">): boolean {
  return (positionSide === "long" && side === "sell") || (positionSide === "short" && side === "buy");
}

export function refuse(refusal: VenueRefusal, text: string): Refused {
  return { refusal, text };
}

function isOnGrid(value: number, step: string): boolean {
  const grid = new Grid(step);
  return Math.abs(value) < 2 ** 50 * Number(step) && grid.round(value) === value;
}
