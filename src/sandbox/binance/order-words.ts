import type { OrderStatus, OrderType, PositionSide, TimeInForce } from "../../domain/order.ts";
import type { Side } from "../../domain/trade.ts";
import type { VenueOrderRecord } from "../venue.ts";
import type { Parameters } from "./parameters.ts";
import { Refusal } from "./refusals.ts";

/** Binance's words for what the venue calls otherwise ("ENUM definitions" of the three documentations). */
export function sideWord(side: Side): string {
  return side === "buy" ? "BUY" : "SELL";
}

export function readSide(parameters: Parameters, name = "side"): Side {
  const side = parameters.required(name);
  if (side === "BUY") return "buy";
  if (side === "SELL") return "sell";
  throw new Refusal(-1117, "Invalid side.");
}

export function statusWord(status: OrderStatus): string {
  switch (status) {
    case "partiallyFilled":
      return "PARTIALLY_FILLED";
    case "filled":
      return "FILLED";
    case "cancelled":
      return "CANCELED";
    case "rejected":
      return "REJECTED";
    case "expired":
      return "EXPIRED";
    case "pending":
    case "held":
    case "open":
    case "unknown":
      return "NEW";
  }
}

const SPOT_TYPES: Readonly<Record<OrderType, string>> = {
  market: "MARKET",
  limit: "LIMIT",
  stop: "STOP_LOSS",
  stopLimit: "STOP_LOSS_LIMIT",
  takeProfit: "TAKE_PROFIT",
  takeProfitLimit: "TAKE_PROFIT_LIMIT",
  trailingStop: "STOP_LOSS",
};

const FUTURES_TYPES: Readonly<Record<OrderType, string>> = {
  market: "MARKET",
  limit: "LIMIT",
  stop: "STOP_MARKET",
  stopLimit: "STOP",
  takeProfit: "TAKE_PROFIT_MARKET",
  takeProfitLimit: "TAKE_PROFIT",
  trailingStop: "TRAILING_STOP_MARKET",
};

export function spotTypeWord({ type, postOnly }: Pick<VenueOrderRecord, "type" | "postOnly">): string {
  return type === "limit" && postOnly ? "LIMIT_MAKER" : SPOT_TYPES[type];
}

/** The type as it was asked for. */
export function futuresTypeWord(type: OrderType): string {
  return FUTURES_TYPES[type];
}

/** The type in the matching engine: what a triggered order has become. */
export function workingTypeWord({ type, isWaiting }: Pick<VenueOrderRecord, "type" | "isWaiting">): string {
  if (isWaiting || type === "market" || type === "limit") return FUTURES_TYPES[type];
  return type === "stopLimit" || type === "takeProfitLimit" ? "LIMIT" : "MARKET";
}

export function readSpotType(word: string): OrderType {
  if (word === "LIMIT_MAKER") return "limit";
  return readType(SPOT_TYPES, word);
}

export function readFuturesType(word: string): OrderType {
  return readType(FUTURES_TYPES, word);
}

function readType(words: Readonly<Record<OrderType, string>>, word: string): OrderType {
  for (const [type, name] of Object.entries(words)) if (name === word) return type as OrderType;
  throw new Refusal(-1116, "Invalid orderType.");
}

/** Good till crossing is what futures call post only. */
export function timeInForceWord({ timeInForce, postOnly }: Pick<VenueOrderRecord, "timeInForce" | "postOnly">, isSpot: boolean): string {
  return postOnly && !isSpot ? "GTX" : timeInForce;
}

export function readTimeInForce(word: string | undefined, isSpot: boolean): { timeInForce?: TimeInForce; postOnly: boolean } {
  switch (word) {
    case undefined:
      return { postOnly: false };
    case "GTC":
    case "IOC":
    case "FOK":
      return { timeInForce: word, postOnly: false };
    case "GTD":
      if (!isSpot) return { timeInForce: "GTD", postOnly: false };
      break;
    case "GTX":
      if (!isSpot) return { timeInForce: "GTC", postOnly: true };
      break;
    default:
  }
  throw new Refusal(-1115, "Invalid timeInForce.");
}

export function positionSideWord(side: PositionSide): string {
  return side === "net" ? "BOTH" : side === "long" ? "LONG" : "SHORT";
}

export function readPositionSide(word: string | undefined): PositionSide {
  switch (word) {
    case undefined:
    case "BOTH":
      return "net";
    case "LONG":
      return "long";
    case "SHORT":
      return "short";
    default:
      throw new Refusal(-1116, "Invalid positionSide.");
  }
}
