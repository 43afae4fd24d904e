import { isTerminal } from "../../domain/order.ts";
import type { VenueOrderRecord, VenueOrderRequest } from "../venue.ts";
import type { Json, JsonObject } from "./json.ts";
import { millis, type Market } from "./market.ts";
import type { OrderList } from "./order-lists.ts";
import { CLIENT_ID, Parameters } from "./parameters.ts";
import { orderRefusal, Refusal } from "./refusals.ts";
import { route, type Call, type Routes } from "./routes.ts";
import { cancelNamed, readSpotOrder, respondWith } from "./spot-orders.ts";
import { spotPlaced } from "./spot-reports.ts";

/** Pairs of spot orders (OCO). */
export const spotListRoutes: Routes = {
  "POST orderList/oco": route("TRADE", 1, placeList, 2),
  "DELETE orderList": route("TRADE", 1, cancelList),
  "GET orderList": route("SIGNED", 4, ({ market, parameters }) => listBody(market, findList(market, parameters, "origClientOrderId"))),
  "GET allOrderList": route("SIGNED", 20, ({ market, parameters }) =>
    market.lists
      .all()
      .slice(-parameters.limit(500, 1_000))
      .map((list) => listBody(market, list)),
  ),
  "GET openOrderList": route("SIGNED", 6, ({ market }) =>
    market.lists
      .all()
      .filter((list) => !isDone(market, list))
      .map((list) => listBody(market, list)),
  ),
};

/** `{"orderListId":27,"contingencyType":"OCO","listStatusType":"EXEC_STARTED","listOrderStatus":"EXECUTING",…}` */
export function listBody(market: Market, list: OrderList): JsonObject {
  const done = isDone(market, list);
  return {
    orderListId: list.listId,
    contingencyType: "OCO",
    listStatusType: done ? "ALL_DONE" : "EXEC_STARTED",
    listOrderStatus: done ? "ALL_DONE" : "EXECUTING",
    listClientOrderId: list.clientListId,
    transactionTime: millis(list.time),
    symbol: list.symbol,
    orders: ordersOf(market, list).map(({ symbol, orderId, clientOrderId }) => ({ symbol, orderId: BigInt(orderId), clientOrderId })),
  };
}

export function ordersOf(market: Market, list: OrderList): readonly VenueOrderRecord[] {
  return list.orderIds.flatMap((orderId) => market.venue.order(list.symbol, { orderId }) ?? []);
}

export function isDone(market: Market, list: OrderList): boolean {
  return ordersOf(market, list).every(({ status }) => isTerminal(status));
}

const LEG_NAMES = ["Type", "Price", "StopPrice", "TimeInForce", "TrailingDelta", "IcebergQty"] as const;

function placeList({ market, parameters }: Call): Json {
  const { symbol } = market.instrument(parameters.required("symbol"));
  const above = readLeg(market, parameters, "above");
  const below = readLeg(market, parameters, "below");
  checkLegs(market, above, below);
  const clientListId = parameters.clientId("listClientOrderId", CLIENT_ID.spot) ?? market.newName();
  const list = market.lists.create({ symbol, clientListId, time: market.now });
  // The documentation tells the stop first.
  const legs = below.triggerPrice === undefined ? [above, below] : [below, above];
  const result = market.venue.submitGroup(legs.map((leg) => ({ ...leg, ocoGroup: list.group })));
  if (!result.ok) {
    market.lists.drop(list);
    throw orderRefusal("spot", result.refusal, result.text, { instrument: market.find(symbol) });
  }
  for (const order of result.value) market.lists.of(order);
  const respond = respondWith(parameters) ?? "RESULT";
  return { ...listBody(market, list), orderReports: result.value.map((order) => spotPlaced(market, order, respond, [])) };
}

/** One leg, read as the single order it is. */
function readLeg(market: Market, parameters: Parameters, prefix: "above" | "below"): VenueOrderRequest {
  const values = new Map<string, string>();
  for (const name of ["symbol", "side", "quantity"]) values.set(name, parameters.required(name));
  parameters.required(`${prefix}Type`);
  for (const name of LEG_NAMES) {
    const value = parameters.text(prefix + name);
    if (value !== undefined) values.set((name[0] ?? "").toLowerCase() + name.slice(1), value);
  }
  const clientId = parameters.clientId(`${prefix}ClientOrderId`, CLIENT_ID.spot);
  if (clientId !== undefined) values.set("newClientOrderId", clientId);
  return readSpotOrder(market, new Parameters(values));
}

/** "Price restrictions" of an OCO, and its codes -1158 to -1199. */
function checkLegs(market: Market, above: VenueOrderRequest, below: VenueOrderRequest): void {
  const isStop = ({ type }: VenueOrderRequest): boolean => type === "stop" || type === "stopLimit" || type === "trailingStop";
  for (const leg of [above, below]) {
    if (leg.type === "market" || (leg.type === "limit" && leg.postOnly !== true))
      throw new Refusal(-1158, "Order type not supported in OCO.");
  }
  if (above.type === "limit" && below.type === "limit") throw new Refusal(-1168, "At least one OCO order must be contingent.");
  const sells = above.side === "sell";
  if (sells && isStop(above)) throw new Refusal(-1197, "A stop loss order in a sell OCO must be below.");
  if (!sells && isStop(below)) throw new Refusal(-1196, "A stop loss order in a buy OCO must be above.");
  if (isStop(above) === isStop(below)) throw new Refusal(-1158, "Order type not supported in OCO.");
  const last = market.venue.lastPrice(above.symbol);
  const reach = (leg: VenueOrderRequest): number => (leg.type === "limit" ? leg.price : (leg.triggerPrice ?? leg.price)) ?? last;
  const trails = above.type === "trailingStop" || below.type === "trailingStop";
  if (!trails && !(reach(above) > last && reach(below) < last)) {
    throw new Refusal(-2010, "The relationship of the prices for the orders is not correct.");
  }
}

function findList(market: Market, parameters: Parameters, nameOfName: string): OrderList {
  const listId = parameters.long("orderListId");
  const clientListId = parameters.text(nameOfName);
  if (listId === undefined && clientListId === undefined) {
    throw new Refusal(-1102, `Param '${nameOfName}' or 'orderListId' must be sent, but both were empty/null!`);
  }
  const list = market.lists.find({ listId, clientListId });
  if (list === undefined) throw new Refusal(-2018, "Order list does not exist.");
  return list;
}

function cancelList({ market, parameters }: Call): Json {
  market.instrument(parameters.required("symbol"));
  const list = findList(market, parameters, "listClientOrderId");
  if (isDone(market, list)) throw new Refusal(-2011, "Unknown order list sent.");
  const name = parameters.clientId("newClientOrderId", CLIENT_ID.spot) ?? market.newName();
  const open = ordersOf(market, list).filter(({ status }) => !isTerminal(status));
  for (const order of open) market.cancelNames.set(order.orderId, name);
  const reports = open.flatMap((order) => {
    // The venue may have cancelled the second with the first.
    const isGone = isTerminal(market.venue.order(order.symbol, { orderId: order.orderId })?.status ?? "cancelled");
    return isGone ? [] : [cancelNamed(market, order, name)];
  });
  for (const order of open) market.cancelNames.delete(order.orderId);
  return { ...listBody(market, list), orderReports: reports };
}
