import { DataError } from "../../../base/errors.ts";
import type { OrderStatus, OrderType, PositionSide, TimeInForce } from "../../../domain/order.ts";
import type { Side } from "../../../domain/trade.ts";

/**
 * Words of Binance and ours. Sources: binance/binance-spot-api-docs `enums.md` at a5e0bc3; developers.binance.com, derivatives, "Common
 * Definition", "Event: Order Update", "Event: Algo Order Update" (January to July 2026). A word that is not listed becomes the most
 * careful value of ours; only an order without a side is none.
 */
export function sideOf(text: string, where: string): Side {
  if (text === "BUY") return "buy";
  if (text === "SELL") return "sell";
  throw new DataError(`${where}: a side that is neither BUY nor SELL`);
}

export function toWireSide(side: Side): string {
  return side === "buy" ? "BUY" : "SELL";
}

export function positionSideOf(text: string): PositionSide {
  return text === "LONG" ? "long" : text === "SHORT" ? "short" : "net";
}

export function toWirePositionSide(side: PositionSide): string {
  return side === "long" ? "LONG" : side === "short" ? "SHORT" : "BOTH";
}

/** `GTX` (post-only), `GTE_GTC` (while there is a position) and `RPI` rest until cancelled. */
export function timeInForceOf(text: string): TimeInForce {
  return text === "IOC" || text === "FOK" || text === "GTD" ? text : "GTC";
}

const STATUSES: Readonly<Record<string, OrderStatus>> = {
  NEW: "open",
  PENDING_NEW: "open",
  PENDING_CANCEL: "open",
  /** Taken over from a liquidation, as COIN-M still writes it. */
  NEW_INSURANCE: "open",
  NEW_ADL: "open",
  PARTIALLY_FILLED: "partiallyFilled",
  FILLED: "filled",
  CANCELED: "cancelled",
  REJECTED: "rejected",
  EXPIRED: "expired",
  EXPIRED_IN_MATCH: "expired",
};

export function statusOf(text: string): OrderStatus {
  return (Object.hasOwn(STATUSES, text) ? STATUSES[text] : undefined) ?? "unknown";
}

const SPOT_TYPES: Readonly<Record<string, OrderType>> = {
  MARKET: "market",
  LIMIT: "limit",
  LIMIT_MAKER: "limit",
  STOP_LOSS: "stop",
  STOP_LOSS_LIMIT: "stopLimit",
  TAKE_PROFIT: "takeProfit",
  TAKE_PROFIT_LIMIT: "takeProfitLimit",
};

const FUTURES_TYPES: Readonly<Record<string, OrderType>> = {
  MARKET: "market",
  LIMIT: "limit",
  STOP_MARKET: "stop",
  STOP: "stopLimit",
  TAKE_PROFIT_MARKET: "takeProfit",
  TAKE_PROFIT: "takeProfitLimit",
  TRAILING_STOP_MARKET: "trailingStop",
  LIQUIDATION: "market",
};

/** A type that is not known behaves like one with or without a limit. */
export function spotTypeOf(text: string, hasPrice: boolean): OrderType {
  return (Object.hasOwn(SPOT_TYPES, text) ? SPOT_TYPES[text] : undefined) ?? (hasPrice ? "limit" : "market");
}

export function futuresTypeOf(text: string, hasPrice: boolean): OrderType {
  return (Object.hasOwn(FUTURES_TYPES, text) ? FUTURES_TYPES[text] : undefined) ?? (hasPrice ? "limit" : "market");
}

/** Whether an order of this type is kept by the algo service of the futures until its trigger is touched. */
export function isConditional(type: OrderType): boolean {
  return type !== "market" && type !== "limit";
}

/** An execution that nobody ordered, told by the client id that Binance gives it. */
export function causeOf(clientOrderId: string): "order" | "liquidation" | "adl" {
  if (clientOrderId.startsWith("autoclose-")) return "liquidation";
  return clientOrderId.startsWith("adl_autoclose") ? "adl" : "order";
}
