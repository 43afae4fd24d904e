import { isTerminal } from "../../domain/order.ts";
import type { VenueOrderId, VenueOrderRecord, VenueOrderRequest, VenueRefusal } from "../venue.ts";
import { isConditional } from "./algo-orders.ts";
import { ownOrder } from "./futures-events.ts";
import { futuresAcknowledged, futuresOrder, futuresTrade } from "./futures-reports.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Market } from "./market.ts";
import { readFuturesType, readPositionSide, readSide, readTimeInForce } from "./order-words.ts";
import { CLIENT_ID, listOf, Parameters } from "./parameters.ts";
import { missing, notRequired, orderRefusal, Refusal } from "./refusals.ts";
import { route, type Call, type Routes } from "./routes.ts";
import { pageOfFills } from "./spot-account.ts";
import { checkSpotOrder, pageOfOrders } from "./spot-orders.ts";

const WEEK_MS = 7 * 24 * 60 * 60 * 1_000;

/** Orders of the matching engine of USDⓈ-M and COIN-M futures. */
export const futuresOrderRoutes: Routes = {
  "POST order": route("TRADE", 0, ({ market, parameters }) => placeFutures(market, parameters), 1),
  "POST order/test": route("TRADE", 0, ({ market, parameters }) => {
    const request = readFuturesOrder(market, parameters);
    checkSpotOrder(market, request);
    return {};
  }),
  "PUT order": route("TRADE", 1, ({ market, parameters }) => modify(market, parameters), 1),
  "GET order": route("SIGNED", 1, ({ market, parameters }) =>
    futuresOrder(market, findFutures(market, parameters, -2013, "Order does not exist.")),
  ),
  "DELETE order": route("TRADE", 1, ({ market, parameters }) => cancelFutures(market, parameters)),
  "GET openOrder": route("SIGNED", 1, ({ market, parameters }) => {
    const order = findFutures(market, parameters, -2013, "Order does not exist.");
    if (isTerminal(order.status)) throw new Refusal(-2013, "Order does not exist.");
    return futuresOrder(market, order);
  }),
  "GET openOrders": route(
    "SIGNED",
    (parameters) => (parameters.has("symbol") ? 1 : 40),
    ({ market, parameters }) => {
      const symbol = parameters.text("symbol");
      if (symbol !== undefined) market.instrument(symbol);
      return market.openOrders(symbol).map((order) => futuresOrder(market, order));
    },
  ),
  "GET allOrders": route("SIGNED", 5, ({ market, parameters }) => {
    const { symbol } = market.instrument(parameters.required("symbol"));
    const known = market.venue.orders(symbol).filter((order) => !market.algos.isWaiting(order));
    return pageOfOrders(known, parameters).map((order) => futuresOrder(market, order));
  }),
  "DELETE allOpenOrders": route("TRADE", 1, ({ market, parameters }) => {
    cancelAllOf(market, market.instrument(parameters.required("symbol")).symbol);
    return { code: 200, msg: "The operation of cancel all open order is done." };
  }),
  "POST batchOrders": route("TRADE", 5, batch("POST"), (parameters) => listOf(parameters.text("batchOrders") ?? "")?.length ?? 1),
  "PUT batchOrders": route("TRADE", 5, batch("PUT")),
  "DELETE batchOrders": route("TRADE", 1, cancelBatch),
  "POST countdownCancelAll": route("TRADE", 10, countdown),
  "GET userTrades": route("SIGNED", 5, ({ market, parameters }) => {
    const symbols = parameters.has("symbol")
      ? [market.instrument(parameters.required("symbol")).symbol]
      : market.venue.instruments.map(({ symbol }) => symbol);
    const fills = symbols.flatMap((symbol) => market.venue.fills(symbol));
    return pageOfFills(fills, parameters, WEEK_MS).map((fill) => futuresTrade(market, fill));
  }),
  "GET forceOrders": route(
    "SIGNED",
    (parameters) => (parameters.has("symbol") ? 20 : 50),
    ({ market, parameters }) => {
      const symbols = parameters.has("symbol")
        ? [market.instrument(parameters.required("symbol")).symbol]
        : market.venue.instruments.map(({ symbol }) => symbol);
      const from = parameters.long("startTime") ?? market.now - WEEK_MS;
      const to = parameters.long("endTime") ?? Infinity;
      const kind = parameters.text("autoCloseType");
      return symbols
        .flatMap((symbol) => market.venue.fills(symbol))
        .filter(
          ({ cause, time }) =>
            cause !== "order" && time >= from && time <= to && (kind === undefined || (kind === "ADL") === (cause === "adl")),
        )
        .slice(0, parameters.limit(50, 100))
        .map((fill) => futuresOrder(market, ownOrder(fill)));
    },
  ),
};

/** Reads a new order; conditional types belong to the algo service since 9 December 2025 (-4120). */
export function readFuturesOrder(market: Market, parameters: Parameters): VenueOrderRequest {
  const type = readFuturesType(parameters.required("type"));
  if (isConditional({ type })) {
    throw new Refusal(-4120, "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.");
  }
  const price = type === "limit" ? parameters.decimal("price") : undefined;
  if (type === "limit" && price === undefined) throw missing("price");
  if (type === "limit") parameters.required("timeInForce");
  for (const name of ["price", "timeInForce"]) if (type === "market" && parameters.has(name)) throw notRequired(name);
  return {
    ...readCommon(market, parameters, parameters.clientId("newClientOrderId", CLIENT_ID.futures)),
    type,
    quantity: Number(parameters.requiredDecimal("quantity")),
    price: price === undefined ? undefined : Number(price),
    ...expiry(market, parameters),
  };
}

/** What ordinary and conditional orders have in common. */
export function readCommon(
  market: Market,
  parameters: Parameters,
  clientOrderId: string | undefined,
): Omit<VenueOrderRequest, "type" | "quantity"> {
  const { symbol } = market.instrument(parameters.required("symbol"));
  const side = readSide(parameters);
  const positionSide = readPositionSide(parameters.text("positionSide"));
  const isHedged = market.venue.positionMode === "hedge";
  if (isHedged !== (positionSide !== "net")) throw orderRefusal(market.kind, "positionSide", "", { instrument: undefined });
  const reduceOnly = parameters.flag("reduceOnly");
  if (isHedged && reduceOnly !== undefined) throw notRequired("reduceonly");
  const { timeInForce = "GTC", postOnly } = readTimeInForce(parameters.text("timeInForce"), false);
  return {
    symbol,
    side,
    positionSide,
    timeInForce,
    postOnly,
    // Of a hedged order its side says it, and the venue knows.
    reduceOnly: reduceOnly ?? false,
    clientOrderId: clientOrderId ?? market.newName(),
  };
}

const GOOD_TILL_MS_MIN = 600_000;

function expiry(market: Market, parameters: Parameters): { expiresAt?: number } {
  if (parameters.text("timeInForce") !== "GTD") return {};
  const date = parameters.long("goodTillDate");
  if (date === undefined) throw missing("goodTillDate");
  if (date <= market.now + GOOD_TILL_MS_MIN)
    throw new Refusal(-4208, "Invalid goodTillDate: it has to be more than 600 seconds in the future.");
  return { expiresAt: date };
}

function placeFutures(market: Market, parameters: Parameters): JsonObject {
  const request = readFuturesOrder(market, parameters);
  const respond = parameters.text("newOrderRespType") ?? "ACK";
  if (respond !== "ACK" && respond !== "RESULT") throw new Refusal(-1130, "Data sent for parameter 'newOrderRespType' is not valid.");
  const result = market.venue.submit(request);
  if (!result.ok) throw refused(market, result, request, parameters);
  return respond === "ACK" ? futuresAcknowledged(market, result.value) : futuresOrder(market, result.value);
}

/** The refusal of an order, with the texts that tell whether digits or the step were wrong. */
export function refused(
  market: Market,
  result: { readonly refusal: VenueRefusal; readonly text: string },
  request: VenueOrderRequest,
  parameters: Parameters,
): Refusal {
  return orderRefusal(market.kind, result.refusal, result.text, {
    instrument: market.find(request.symbol),
    price: parameters.text("price") ?? parameters.text("triggerPrice"),
    quantity: parameters.text("quantity"),
    quantityNumber: request.quantity,
  });
}

/** The order of the matching engine that a request names; a waiting conditional order is none. */
export function findFutures(market: Market, parameters: Parameters, code: number, text: string): VenueOrderRecord {
  const { symbol } = market.instrument(parameters.required("symbol"));
  const orderId = parameters.id("orderId");
  const clientOrderId = parameters.text("origClientOrderId");
  if (orderId === undefined && clientOrderId === undefined) {
    throw new Refusal(-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
  }
  const id: VenueOrderId = orderId === undefined ? { clientOrderId: clientOrderId ?? "" } : { orderId };
  const order = market.venue.order(symbol, id);
  if (order === undefined || market.algos.isWaiting(order)) throw new Refusal(code, text);
  return order;
}

function cancelFutures(market: Market, parameters: Parameters): JsonObject {
  const order = findFutures(market, parameters, -2011, "Unknown order sent.");
  const result = isTerminal(order.status) ? undefined : market.venue.cancel(order.symbol, { orderId: order.orderId });
  if (result?.ok !== true) throw new Refusal(-2011, "Unknown order sent.");
  return futuresOrder(market, result.value);
}

function cancelAllOf(market: Market, symbol: string): void {
  for (const order of market.openOrders(symbol)) market.venue.cancel(symbol, { orderId: order.orderId });
}

function modify(market: Market, parameters: Parameters): JsonObject {
  const order = findFutures(market, parameters, -2013, "Order does not exist.");
  if (isTerminal(order.status)) throw new Refusal(-2013, "Order does not exist.");
  readSide(parameters);
  const quantity = Number(parameters.requiredDecimal("quantity"));
  const price = Number(parameters.requiredDecimal("price"));
  if (quantity === order.quantity && price === order.price) throw new Refusal(-5027, "No need to modify the order.");
  const result = market.venue.amend(order.symbol, { orderId: order.orderId }, { quantity, price });
  if (!result.ok) throw refused(market, result, { ...order, quantity }, parameters);
  return futuresOrder(market, result.value);
}

/** Up to five orders in one request, each with its own answer. */
function batch(method: "POST" | "PUT"): (call: Call) => Json {
  return ({ market, parameters }) => {
    const items = listOf(parameters.required("batchOrders"));
    if (items === undefined || items.length === 0 || items.length > 5)
      throw new Refusal(-1130, "Data sent for parameter 'batchOrders' is not valid.");
    return items.map((item) => {
      try {
        const values = Parameters.ofMessage(typeof item === "object" && item !== null ? (item as Record<string, unknown>) : {});
        return method === "POST" ? placeFutures(market, values) : modify(market, values);
      } catch (error) {
        if (error instanceof Refusal) return error.body;
        throw error;
      }
    });
  };
}

function cancelBatch({ market, parameters }: Call): Json {
  const symbol = parameters.required("symbol");
  const ids = parameters.text("orderIdList");
  // Ids exceed 2^53: they are taken from the text, never through a number.
  const names = ids === undefined ? (listOf(parameters.required("origClientOrderIdList")) ?? []).map(String) : (ids.match(/\d+/g) ?? []);
  if (names.length === 0 || names.length > 10) throw new Refusal(-1130, "Data sent for parameter 'orderIdList' is not valid.");
  return names.map((name) => {
    try {
      return cancelFutures(
        market,
        new Parameters(
          new Map([
            ["symbol", symbol],
            [ids === undefined ? "origClientOrderId" : "orderId", name],
          ]),
        ),
      );
    } catch (error) {
      if (error instanceof Refusal) return error.body;
      throw error;
    }
  });
}

/** The dead man's switch: unless it is wound up again in time, the ordinary orders of the symbol are cancelled. */
function countdown({ market, parameters }: Call): Json {
  const { symbol } = market.instrument(parameters.required("symbol"));
  const time = parameters.long("countdownTime");
  if (time === undefined) throw missing("countdownTime");
  market.countdowns.get(symbol)?.();
  market.countdowns.delete(symbol);
  if (time > 0)
    market.countdowns.set(
      symbol,
      market.scheduler.after(time, () => cancelAllOf(market, symbol)),
    );
  return { symbol, countdownTime: String(time) };
}
