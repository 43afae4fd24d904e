import { isTerminal } from "../../domain/order.ts";
import type { VenueOrderRequest } from "../venue.ts";
import { isConditional, type AlgoOptions, type Found } from "./algo-orders.ts";
import { readCommon, refused } from "./futures-orders.ts";
import { algoOrder } from "./futures-reports.ts";
import type { JsonObject } from "./json.ts";
import type { Market } from "./market.ts";
import { readFuturesType } from "./order-words.ts";
import { CLIENT_ID, type Parameters } from "./parameters.ts";
import { Refusal } from "./refusals.ts";
import { route, type Routes } from "./routes.ts";

/** The conditional orders. */
export const algoRoutes: Routes = {
  "POST algoOrder": route("TRADE", 0, ({ market, parameters }) => placeAlgo(market, parameters), 1),
  "GET algoOrder": route("SIGNED", 1, ({ market, parameters }) =>
    algoOrder(market, findAlgo(market, parameters, -2013, "Order does not exist.")),
  ),
  "DELETE algoOrder": route("TRADE", 1, ({ market, parameters }) => {
    const { algo, order } = findAlgo(market, parameters, -2011, "Unknown order sent.");
    const isOpen = !algo.hasTriggered && !isTerminal(order.status);
    if (!isOpen || !market.venue.cancel(order.symbol, { orderId: order.orderId }).ok) throw new Refusal(-2011, "Unknown order sent.");
    return { algoId: BigInt(algo.algoId), clientAlgoId: algo.clientAlgoId, code: "200", msg: "success" };
  }),
  "GET openAlgoOrders": route(
    "SIGNED",
    (parameters) => (parameters.has("symbol") ? 1 : 40),
    ({ market, parameters }) => {
      const algoId = parameters.id("algoId");
      return market.algos
        .open(parameters.text("symbol"))
        .filter(({ algo }) => algoId === undefined || algo.algoId === algoId)
        .map((found) => algoOrder(market, found));
    },
  ),
  "GET allAlgoOrders": route("SIGNED", 5, ({ market, parameters }) => {
    const limit = parameters.limit(500, 1_000);
    const fromId = parameters.id("algoId");
    const start = parameters.long("startTime") ?? 0;
    const end = parameters.long("endTime") ?? Infinity;
    const list = market.algos
      .list(market.instrument(parameters.required("symbol")).symbol)
      .filter(
        ({ algo }) => (fromId === undefined || BigInt(algo.algoId) >= BigInt(fromId)) && algo.createTime >= start && algo.createTime <= end,
      );
    return (fromId === undefined ? list.slice(-limit) : list.slice(0, limit)).map((found) => algoOrder(market, found));
  }),
  "DELETE algoOpenOrders": route("TRADE", 1, ({ market, parameters }) => {
    const { symbol } = market.instrument(parameters.required("symbol"));
    for (const { order } of market.algos.open(symbol)) market.venue.cancel(symbol, { orderId: order.orderId });
    return { code: 200, msg: "The operation of cancel all open order is done." };
  }),
};

function placeAlgo(market: Market, parameters: Parameters): JsonObject {
  if (parameters.required("algoType") !== "CONDITIONAL") throw new Refusal(-1130, "Data sent for parameter 'algoType' is not valid.");
  const type = readFuturesType(parameters.required("type"));
  if (!isConditional({ type })) throw new Refusal(-1116, "Invalid orderType.");
  const common = readCommon(market, parameters, parameters.clientId("clientAlgoId", CLIENT_ID.futures));
  const closePosition = parameters.flag("closePosition") === true;
  const isLimit = type === "stopLimit" || type === "takeProfitLimit";
  const request: VenueOrderRequest = {
    ...common,
    type,
    quantity: closePosition ? heldQuantity(market, common) : Number(parameters.requiredDecimal("quantity")),
    price: isLimit ? Number(parameters.requiredDecimal("price")) : undefined,
    ...(type === "trailingStop" ? readTrailing(parameters) : { triggerPrice: Number(parameters.requiredDecimal("triggerPrice")) }),
    reduceOnly: closePosition || common.reduceOnly,
  };
  const options: AlgoOptions = {
    workingType: parameters.text("workingType") ?? "CONTRACT_PRICE",
    priceProtect: parameters.flag("priceProtect") === true,
    closePosition,
  };
  const result = market.algos.submit(request, options);
  if (!result.ok) throw refused(market, result, request, parameters);
  const algo = market.algos.see(result.value);
  if (algo === undefined) throw new Refusal(-1000, "An unknown error occurred while processing the request.");
  return algoOrder(market, { algo, order: result.value });
}

function readTrailing(parameters: Parameters): Partial<VenueOrderRequest> {
  const rate = Number(parameters.requiredDecimal("callbackRate"));
  if (rate < 0.1 || rate > 10) throw new Refusal(-2007, "Invalid callBack rate");
  const activation = parameters.decimal("activatePrice") ?? parameters.decimal("activationPrice");
  return { trailingPct: rate, ...(activation === undefined ? {} : { activationPrice: Number(activation) }) };
}

/** `closePosition` closes what there is; here it is what there is when the order is placed. */
function heldQuantity(market: Market, { symbol, positionSide, side }: Pick<VenueOrderRequest, "symbol" | "positionSide" | "side">): number {
  const held = market.venue.positions().find((position) => position.symbol === symbol && position.side === (positionSide ?? "net"));
  const closes = side === "sell" ? (held?.quantity ?? 0) > 0 : (held?.quantity ?? 0) < 0;
  if (held === undefined || !closes)
    throw new Refusal(-4509, "Time in Force (TIF) GTE can only be used with open positions. Please ensure that positions are available.");
  return Math.abs(held.quantity);
}

function findAlgo(market: Market, parameters: Parameters, code: number, text: string): Found {
  const algoId = parameters.id("algoId");
  const clientAlgoId = parameters.text("clientAlgoId");
  if (algoId === undefined && clientAlgoId === undefined) {
    throw new Refusal(-1102, "Param 'clientAlgoId' or 'algoId' must be sent, but both were empty/null!");
  }
  const found = market.algos.find({ algoId, clientAlgoId });
  if (found === undefined) throw new Refusal(code, text);
  return found;
}
