import { Grid } from "../../base/grid.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { isTerminal } from "../../domain/order.ts";
import type { VenueFill } from "../../engine/venue-facts.ts";
import type { VenueOrderId, VenueOrderRecord, VenueOrderRequest } from "../venue.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Market } from "./market.ts";
import { readSide, readSpotType, readTimeInForce } from "./order-words.ts";
import { CLIENT_ID, type Parameters } from "./parameters.ts";
import { notRequired, orderRefusal, Refusal } from "./refusals.ts";
import { route, type Call, type Routes } from "./routes.ts";
import { spotAmended, spotCancelled, spotOrder, spotPlaced, type ResponseType } from "./spot-reports.ts";

/** Placing, asking for, changing and cancelling single orders of the spot market. */
export const spotOrderRoutes: Routes = {
  "POST order": route(
    "TRADE",
    1,
    ({ market, parameters }) => placeSpot(market, readSpotOrder(market, parameters), respondWith(parameters)),
    1,
  ),
  "POST order/test": route("TRADE", 1, ({ market, parameters }) => {
    checkSpotOrder(market, readSpotOrder(market, parameters));
    return {};
  }),
  "GET order": route("SIGNED", 4, ({ market, parameters }) =>
    spotOrder(market, findSpot(market, parameters, -2013, "Order does not exist.")),
  ),
  "DELETE order": route("TRADE", 1, ({ market, parameters }) => cancelSpot(market, parameters)),
  "POST order/cancelReplace": route("TRADE", 1, cancelReplace, 1),
  "PUT order/amend/keepPriority": route("TRADE", 4, amend),
  "GET openOrders": route(
    "SIGNED",
    (parameters) => (parameters.has("symbol") ? 6 : 80),
    ({ market, parameters }) => {
      const symbol = parameters.text("symbol");
      if (symbol !== undefined) market.instrument(symbol);
      return market.openOrders(symbol).map((order) => spotOrder(market, order));
    },
  ),
  "DELETE openOrders": route("TRADE", 1, cancelAllOfSymbol),
  "GET allOrders": route("SIGNED", 20, ({ market, parameters }) =>
    pageOfOrders(market.venue.orders(market.instrument(parameters.required("symbol")).symbol), parameters).map((order) =>
      spotOrder(market, order),
    ),
  ),
};

/** Orders from an id on, or of a time, or the newest, as "All orders" describes. */
export function pageOfOrders(orders: readonly VenueOrderRecord[], parameters: Parameters): readonly VenueOrderRecord[] {
  const limit = parameters.limit(500, 1_000);
  const fromId = parameters.id("orderId");
  if (fromId !== undefined) return orders.filter(({ orderId }) => BigInt(orderId) >= BigInt(fromId)).slice(0, limit);
  const start = parameters.long("startTime");
  const end = parameters.long("endTime") ?? Infinity;
  const within = orders.filter(({ createdAt }) => createdAt >= (start ?? 0) && createdAt <= end);
  return start === undefined ? within.slice(-limit) : within.slice(0, limit);
}

/** Reads the parameters of a new order; `prefix` is `above` or `below` in an order list. */
export function readSpotOrder(market: Market, parameters: Parameters, idName = "newClientOrderId"): VenueOrderRequest {
  const instrument = market.instrument(parameters.required("symbol"));
  const side = readSide(parameters);
  const word = parameters.required("type");
  const type = readSpotType(word);
  const isLimit = word === "LIMIT" || word === "STOP_LOSS_LIMIT" || word === "TAKE_PROFIT_LIMIT";
  if (parameters.has("icebergQty")) throw new Refusal(-2010, "Iceberg orders are not supported for this symbol.");
  if (isLimit) parameters.required("timeInForce");
  else if (parameters.has("timeInForce")) throw notRequired("timeInForce");
  const price = isLimit || word === "LIMIT_MAKER" ? parameters.requiredDecimal("price") : undefined;
  if (price === undefined && parameters.has("price")) throw notRequired("price");
  const request = {
    symbol: instrument.symbol,
    side,
    price: price === undefined ? undefined : Number(price),
    ...trigger(parameters, word),
    quantity: readQuantity(market, instrument, parameters, side, word),
    clientOrderId: parameters.clientId(idName, CLIENT_ID.spot) ?? market.newName(),
  };
  const { timeInForce = "GTC", postOnly } = readTimeInForce(parameters.text("timeInForce"), true);
  return { type, ...request, timeInForce, postOnly: postOnly || word === "LIMIT_MAKER" };
}

function trigger(parameters: Parameters, word: string): Partial<VenueOrderRequest> {
  const stopPrice = parameters.decimal("stopPrice");
  const delta = parameters.long("trailingDelta");
  if (word === "LIMIT" || word === "MARKET" || word === "LIMIT_MAKER") {
    if (stopPrice !== undefined) throw notRequired("stopPrice");
    return {};
  }
  if (delta === undefined) {
    if (stopPrice === undefined) throw new Refusal(-1102, "Param 'stopPrice' or 'trailingDelta' must be sent, but both were empty/null!");
    return { triggerPrice: Number(stopPrice) };
  }
  if (word !== "STOP_LOSS") throw new Refusal(-2010, "Trailing stop orders are not supported for this symbol.");
  return { type: "trailingStop", trailingPct: delta / 100, ...(stopPrice === undefined ? {} : { activationPrice: Number(stopPrice) }) };
}

function readQuantity(market: Market, instrument: Instrument, parameters: Parameters, side: "buy" | "sell", word: string): number {
  const quote = parameters.decimal("quoteOrderQty");
  if (word !== "MARKET" || quote === undefined) {
    if (word === "MARKET" && !parameters.has("quantity")) {
      throw new Refusal(-1102, "Param 'quantity' or 'quoteOrderQty' must be sent, but both were empty/null!");
    }
    return Number(parameters.requiredDecimal("quantity"));
  }
  const { askPrice, bidPrice } = market.venue.quote(instrument.symbol);
  const affordable = Number(quote) / (side === "buy" ? askPrice : bidPrice);
  return new Grid(instrument.quantityStep).round(Math.min(affordable, VALUE_MAX), "down");
}

/** Beyond every price and quantity that the filters allow, and within what a grid can count. */
const VALUE_MAX = 1e7;

/** The filters of an order that is not to be placed. */
export function checkSpotOrder(market: Market, request: VenueOrderRequest): void {
  const instrument = market.instrument(request.symbol);
  const fits = (step: string, value: number | undefined): boolean =>
    value === undefined || (value < VALUE_MAX && new Grid(step).round(value) === value);
  if (!fits(instrument.quantityStep, request.quantity) || request.quantity <= 0)
    throw orderRefusal(market.kind, "quantityStep", "", { instrument });
  if (!fits(instrument.priceStep, request.price) || !fits(instrument.priceStep, request.triggerPrice)) {
    throw orderRefusal(market.kind, "priceStep", "", { instrument });
  }
}

export function placeSpot(market: Market, request: VenueOrderRequest, respond: ResponseType | undefined): JsonObject {
  const result = market.venue.submit(request);
  if (!result.ok) throw orderRefusal("spot", result.refusal, result.text, { instrument: market.find(request.symbol) });
  const order = result.value;
  const usual = order.type === "market" || (order.type === "limit" && !order.postOnly) ? "FULL" : "ACK";
  return spotPlaced(market, order, respond ?? usual, latestFills(market.venue.fills(order.symbol), order.orderId));
}

/** The fills at the end of the list that belong to the order which has just been placed. */
function latestFills(fills: readonly VenueFill[], orderId: string): readonly VenueFill[] {
  let start = fills.length;
  while (start > 0 && fills[start - 1]?.orderId === orderId) start -= 1;
  return fills.slice(start);
}

export function respondWith(parameters: Parameters): ResponseType | undefined {
  const type = parameters.text("newOrderRespType");
  if (type === undefined || type === "ACK" || type === "RESULT" || type === "FULL") return type;
  throw new Refusal(-1130, "Data sent for parameter 'newOrderRespType' is not valid.");
}

/** The order that a request names by `orderId`, the client's name, or both. */
export function findSpot(market: Market, parameters: Parameters, code: number, text: string, names = SPOT_NAMES): VenueOrderRecord {
  const { symbol } = market.instrument(parameters.required("symbol"));
  const orderId = parameters.id(names.orderId);
  const clientOrderId = parameters.text(names.clientOrderId);
  if (orderId === undefined && clientOrderId === undefined) {
    throw new Refusal(-1102, `Param '${names.clientOrderId}' or '${names.orderId}' must be sent, but both were empty/null!`);
  }
  const id: VenueOrderId = orderId === undefined ? { clientOrderId: clientOrderId ?? "" } : { orderId };
  const order = market.venue.order(symbol, id);
  if (order === undefined || (clientOrderId !== undefined && order.clientOrderId !== clientOrderId)) throw new Refusal(code, text);
  return order;
}

const SPOT_NAMES = { orderId: "orderId", clientOrderId: "origClientOrderId" };
const REPLACED_NAMES = { orderId: "cancelOrderId", clientOrderId: "cancelOrigClientOrderId" };

function cancelSpot(market: Market, parameters: Parameters): JsonObject {
  const order = findSpot(market, parameters, -2011, "Unknown order sent.");
  return cancelOne(market, order, parameters, "newClientOrderId");
}

function cancelOne(market: Market, order: VenueOrderRecord, parameters: Parameters, idName: string): JsonObject {
  if (isTerminal(order.status)) throw new Refusal(-2011, "Unknown order sent.");
  const restriction = parameters.text("cancelRestrictions");
  if (restriction !== undefined && restriction !== "ONLY_NEW" && restriction !== "ONLY_PARTIALLY_FILLED") {
    throw new Refusal(-1145, "Invalid cancelRestrictions");
  }
  if ((restriction === "ONLY_NEW" && order.status !== "open") || (restriction === "ONLY_PARTIALLY_FILLED" && order.status === "open")) {
    throw new Refusal(-2011, "Order was not canceled due to cancel restrictions.");
  }
  return cancelNamed(market, order, parameters.clientId(idName, CLIENT_ID.spot) ?? market.newName());
}

/** Cancels under the name the client gives the cancellation. */
export function cancelNamed(market: Market, order: VenueOrderRecord, name: string): JsonObject {
  market.cancelNames.set(order.orderId, name);
  const result = market.venue.cancel(order.symbol, { orderId: order.orderId });
  market.cancelNames.delete(order.orderId);
  if (!result.ok) throw orderRefusal("spot", result.refusal, result.text, { instrument: market.find(order.symbol) });
  return spotCancelled(market, result.value, name);
}

function cancelAllOfSymbol({ market, parameters }: Call): Json {
  const { symbol } = market.instrument(parameters.required("symbol"));
  const open = market.openOrders(symbol);
  if (open.length === 0) throw new Refusal(-2011, "Unknown order sent.");
  const name = market.newName();
  for (const order of open) market.cancelNames.set(order.orderId, name);
  const cancelled = market.venue.cancelAll(symbol);
  for (const order of open) market.cancelNames.delete(order.orderId);
  return cancelled.map((order) => spotCancelled(market, order, name));
}

/** Cancels one order and places another; half a success is HTTP 409 with code -2021. */
function cancelReplace({ market, parameters }: Call): Json {
  const mode = parameters.required("cancelReplaceMode");
  if (mode !== "STOP_ON_FAILURE" && mode !== "ALLOW_FAILURE")
    throw new Refusal(-1130, "Data sent for parameter 'cancelReplaceMode' is not valid.");
  const request = readSpotOrder(market, parameters);
  const cancelled = attempt(() => {
    const order = findSpot(market, parameters, -2011, "Unknown order sent.", REPLACED_NAMES);
    return cancelOne(market, order, parameters, "cancelNewClientOrderId");
  });
  if (!cancelled.ok && mode === "STOP_ON_FAILURE") {
    throw replaceFailure(400, -2022, {
      cancelResult: "FAILURE",
      newOrderResult: "NOT_ATTEMPTED",
      cancelResponse: cancelled.body,
      newOrderResponse: null,
    });
  }
  const placed = attempt(() => placeSpot(market, request, respondWith(parameters)));
  const data = {
    cancelResult: cancelled.ok ? "SUCCESS" : "FAILURE",
    newOrderResult: placed.ok ? "SUCCESS" : "FAILURE",
    cancelResponse: cancelled.body,
    newOrderResponse: placed.body,
  };
  if (cancelled.ok && placed.ok) return data;
  throw cancelled.ok || placed.ok ? replaceFailure(409, -2021, data) : replaceFailure(400, -2022, data);
}

function replaceFailure(status: number, code: number, data: JsonObject): Refusal {
  return new Refusal(code, code === -2021 ? "Order cancel-replace partially failed." : "Order cancel-replace failed.", { status, data });
}

function attempt(action: () => JsonObject): { readonly ok: boolean; readonly body: JsonObject } {
  try {
    return { ok: true, body: action() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, body: error.body };
    throw error;
  }
}

function amend({ market, parameters }: Call): Json {
  const order = findSpot(market, parameters, -2013, "Order does not exist.");
  const quantity = Number(parameters.requiredDecimal("newQty"));
  if (isTerminal(order.status)) throw new Refusal(-2011, "Unknown order sent.");
  if (quantity > order.quantity) throw new Refusal(-2038, "Order amend (quantity increase) is not supported.");
  if (quantity === order.quantity) throw new Refusal(-2038, "The requested action would change no state; rejecting");
  const result = market.venue.amend(order.symbol, { orderId: order.orderId }, { quantity });
  if (!result.ok) throw orderRefusal("spot", result.refusal, result.text, { instrument: market.find(order.symbol) });
  return spotAmended(market, result.value, market.venue.orders(order.symbol).length);
}
