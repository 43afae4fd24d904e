import { exchangeInfoRoutes } from "./exchange-info.ts";
import { futuresAccountRoutes } from "./futures-account.ts";
import { algoRoutes } from "./futures-algo.ts";
import { futuresOrderRoutes } from "./futures-orders.ts";
import { futuresSettingRoutes } from "./futures-settings.ts";
import type { Pool } from "./limits.ts";
import { marketDataRoutes } from "./market-data.ts";
import type { Parameters } from "./parameters.ts";
import type { Routes } from "./routes.ts";
import { spotAccountRoutes, walletRoutes } from "./spot-account.ts";
import { spotListRoutes } from "./spot-lists.ts";
import { spotOrderRoutes } from "./spot-orders.ts";

const spot: Routes = { ...marketDataRoutes, ...exchangeInfoRoutes, ...spotOrderRoutes, ...spotListRoutes, ...spotAccountRoutes };

const futures: Routes = {
  ...withFuturesWeights({ ...marketDataRoutes, ...exchangeInfoRoutes }),
  ...futuresOrderRoutes,
  ...algoRoutes,
  ...futuresAccountRoutes,
  ...futuresSettingRoutes,
};

/** The endpoints of a base address by `METHOD name`. */
export function routesOf(pool: Pool): Routes {
  switch (pool) {
    case "api":
      return spot;
    case "sapi":
      return walletRoutes;
    case "fapi":
    case "dapi":
      return futures;
  }
}

/** Public data weighs otherwise on futures ("Request Weight" of each endpoint). */
function withFuturesWeights(routes: Routes): Routes {
  const weights: Record<string, number | ((parameters: Parameters) => number)> = {
    "GET depth": byLimit(500, [50, 2], [100, 5], [500, 10], [1_000, 20]),
    "GET trades": 5,
    "GET historicalTrades": 20,
    "GET aggTrades": 20,
    "GET klines": byLimit(500, [99, 1], [499, 2], [1_000, 5], [1_500, 10]),
    "GET ticker/price": (parameters) => (parameters.has("symbol") ? 1 : 2),
    "GET ticker/bookTicker": (parameters) => (parameters.has("symbol") ? 2 : 5),
    "GET ticker/24hr": (parameters) => (parameters.has("symbol") ? 1 : 40),
    "GET exchangeInfo": 1,
  };
  return Object.fromEntries(Object.entries(routes).map(([name, route]) => [name, { ...route, weight: weights[name] ?? route.weight }]));
}

function byLimit(usual: number, ...steps: readonly (readonly [limit: number, weight: number])[]): (parameters: Parameters) => number {
  return (parameters) => {
    const limit = parameters.long("limit") ?? usual;
    return steps.find(([upTo]) => limit <= upTo)?.[1] ?? steps.at(-1)?.[1] ?? 1;
  };
}
