/** The REST endpoint that a method of the WebSocket API is. */
export interface ApiMethod {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly endpoint: string;
  readonly version: number;
}

/** Methods of `/ws-api/v3` and of `/ws-fapi/v1`, `/ws-dapi/v1` (web-socket-api.md; "Websocket API General Info" of the futures). */
export const API_METHODS: Readonly<Record<"spot" | "futures", Readonly<Record<string, ApiMethod>>>> = {
  spot: {
    ping: get("ping"),
    time: get("time"),
    exchangeInfo: get("exchangeInfo"),
    depth: get("depth"),
    "trades.recent": get("trades"),
    "trades.historical": get("historicalTrades"),
    "trades.aggregate": get("aggTrades"),
    klines: get("klines"),
    uiKlines: get("uiKlines"),
    avgPrice: get("avgPrice"),
    "ticker.24hr": get("ticker/24hr"),
    "ticker.price": get("ticker/price"),
    "ticker.book": get("ticker/bookTicker"),
    "order.place": { method: "POST", endpoint: "order", version: 3 },
    "order.test": { method: "POST", endpoint: "order/test", version: 3 },
    "order.status": get("order"),
    "order.cancel": { method: "DELETE", endpoint: "order", version: 3 },
    "order.cancelReplace": { method: "POST", endpoint: "order/cancelReplace", version: 3 },
    "order.amend.keepPriority": { method: "PUT", endpoint: "order/amend/keepPriority", version: 3 },
    "openOrders.status": get("openOrders"),
    "openOrders.cancelAll": { method: "DELETE", endpoint: "openOrders", version: 3 },
    allOrders: get("allOrders"),
    "orderList.place.oco": { method: "POST", endpoint: "orderList/oco", version: 3 },
    "orderList.status": get("orderList"),
    "orderList.cancel": { method: "DELETE", endpoint: "orderList", version: 3 },
    "openOrderLists.status": get("openOrderList"),
    allOrderLists: get("allOrderList"),
    "account.status": get("account"),
    "account.commission": get("account/commission"),
    "account.rateLimits.orders": get("rateLimit/order"),
    myTrades: get("myTrades"),
  },
  futures: {
    ping: get("ping", 1),
    time: get("time", 1),
    depth: get("depth", 1),
    "ticker.price": get("ticker/price", 1),
    "ticker.book": get("ticker/bookTicker", 1),
    "order.place": { method: "POST", endpoint: "order", version: 1 },
    "order.modify": { method: "PUT", endpoint: "order", version: 1 },
    "order.status": get("order", 1),
    "order.cancel": { method: "DELETE", endpoint: "order", version: 1 },
    "algoOrder.place": { method: "POST", endpoint: "algoOrder", version: 1 },
    "algoOrder.cancel": { method: "DELETE", endpoint: "algoOrder", version: 1 },
    "account.balance": get("balance", 2),
    "account.status": get("account", 2),
    "account.position": get("positionRisk", 2),
    "userDataStream.start": { method: "POST", endpoint: "listenKey", version: 1 },
    "userDataStream.ping": { method: "PUT", endpoint: "listenKey", version: 1 },
    "userDataStream.stop": { method: "DELETE", endpoint: "listenKey", version: 1 },
  },
};

function get(endpoint: string, version = 3): ApiMethod {
  return { method: "GET", endpoint, version };
}
