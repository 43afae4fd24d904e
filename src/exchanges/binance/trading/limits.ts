import type { RequestCost } from "../../transport/rate-limiter.ts";

/** Headers in which Binance counts, and the limit each belongs to. */
export const USAGE_HEADERS: Readonly<Record<string, string>> = {
  "x-mbx-used-weight-1m": "weight",
  "x-mbx-order-count-10s": "orders10s",
  "x-mbx-order-count-1m": "orders1m",
  "x-mbx-order-count-1d": "orders1d",
};

const ORDER: RequestCost = { weight: 1, orders10s: 1, orders1m: 1, orders1d: 1 };
const ORDER_PAIR: RequestCost = { weight: 1, orders10s: 2, orders1m: 2, orders1d: 2 };

/**
 * What a request costs. Spot: binance-spot-api-docs, `rest-api.md`, "Weight" of each endpoint at a5e0bc3. Futures: developers.binance.com,
 * derivatives, "Request Weight" of each endpoint (June 2026), and binance-connector-js at a9de9a99 for what COIN-M weighs after the two were
 * joined. Placing an order weighs nothing on futures; it is counted as 1 here.
 */
const COSTS: Readonly<Record<string, RequestCost>> = {
  "POST /api/v3/order": ORDER,
  "POST /api/v3/orderList/oco": ORDER_PAIR,
  "DELETE /api/v3/order": { weight: 1 },
  "GET /api/v3/order": { weight: 4 },
  "GET /api/v3/openOrders": { weight: 6 },
  "GET /api/v3/account": { weight: 20 },
  "GET /api/v3/myTrades": { weight: 20 },
  "GET /api/v3/time": { weight: 1 },
  // Counted by itself, 12,000 a minute, and asked for once.
  "GET /sapi/v1/account/apiRestrictions": {},
  ...futuresCosts("/fapi", { userTrades: 5, income: 30, balance: 5, positionRisk: 5 }),
  ...futuresCosts("/dapi", { userTrades: 20, income: 20, balance: 1, positionRisk: 1 }),
};

/** Careful where a path is not on the list. */
const COST_UNKNOWN: RequestCost = { weight: 10 };

export function costOf({ method, path }: { readonly method: string; readonly path: string }): RequestCost {
  const key = `${method} ${path}`;
  return (Object.hasOwn(COSTS, key) ? COSTS[key] : undefined) ?? COST_UNKNOWN;
}

interface HeavyQueries {
  readonly userTrades: number;
  readonly income: number;
  readonly balance: number;
  readonly positionRisk: number;
}

function futuresCosts(prefix: string, heavy: HeavyQueries): Readonly<Record<string, RequestCost>> {
  const costs: Record<string, RequestCost> = {};
  for (const method of ["POST", "PUT"]) costs[`${method} ${prefix}/v1/order`] = ORDER;
  costs[`POST ${prefix}/v1/algoOrder`] = ORDER;
  for (const path of ["order", "algoOrder", "openOrders", "openAlgoOrders", "time"]) costs[`GET ${prefix}/v1/${path}`] = { weight: 1 };
  for (const path of ["order", "algoOrder"]) costs[`DELETE ${prefix}/v1/${path}`] = { weight: 1 };
  for (const path of ["leverage", "marginType", "positionSide/dual", "listenKey"]) costs[`POST ${prefix}/v1/${path}`] = { weight: 1 };
  costs[`PUT ${prefix}/v1/listenKey`] = { weight: 1 };
  costs[`GET ${prefix}/v1/positionSide/dual`] = { weight: 30 };
  for (const path of ["account", "accountConfig", "symbolConfig"]) costs[`GET ${prefix}/v1/${path}`] = { weight: 5 };
  costs[`GET ${prefix}/v1/userTrades`] = { weight: heavy.userTrades };
  costs[`GET ${prefix}/v1/forceOrders`] = { weight: 20 };
  costs[`GET ${prefix}/v1/income`] = { weight: heavy.income };
  for (const version of ["v1", "v3"]) {
    costs[`GET ${prefix}/${version}/balance`] = { weight: heavy.balance };
    costs[`GET ${prefix}/${version}/positionRisk`] = { weight: heavy.positionRisk };
  }
  return costs;
}
