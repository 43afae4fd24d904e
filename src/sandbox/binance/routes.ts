import type { ApiAccount } from "./accounts.ts";
import type { Json } from "./json.ts";
import type { Pool, RateLimits } from "./limits.ts";
import type { ListenKeys } from "./listen-keys.ts";
import type { Market } from "./market.ts";
import type { Parameters } from "./parameters.ts";

/** "Security type" of an endpoint: what a request has to carry. */
export type Security = "NONE" | "API_KEY" | "SIGNED" | "TRADE";

/** One request that has passed the checks of its route. */
export interface Call {
  readonly market: Market;
  readonly parameters: Parameters;
  /** Undefined for public routes. */
  readonly account: ApiAccount | undefined;
  readonly limits: RateLimits;
  readonly listenKeys: ListenKeys;
  /** Of the path: `/fapi/v3/…` is 3. */
  readonly version: number;
}

/** One endpoint; the handler answers or throws a `Refusal`. */
export interface Route {
  readonly security: Security;
  /** Request weight, or how it follows from the parameters. */
  readonly weight: number | ((parameters: Parameters) => number);
  /** How many new orders it counts as. */
  readonly orders?: number | ((parameters: Parameters) => number);
  handle(call: Call): Json;
}

/** Routes by `METHOD name`, the name without `/api/v3/` and the like. */
export type Routes = Readonly<Record<string, Route>>;

export function route(security: Security, weight: Route["weight"], handle: Route["handle"], orders?: Route["orders"]): Route {
  return { security, weight, handle, ...(orders === undefined ? {} : { orders }) };
}

/** Where a request belongs: which base address and which endpoint of it. */
export interface Place {
  readonly pool: Pool;
  readonly version: number;
  readonly name: string;
}

const PLACE = /^(?:\/[^/]+)?\/(api|sapi|fapi|dapi)\/v(\d)\/(.+)$/;

/** Reads a path such as `/fapi/v1/order`; a first segment with a host name is skipped. */
export function placeOf(path: string): Place | undefined {
  const match = PLACE.exec(path);
  if (match === null) return undefined;
  return { pool: match[1] as Pool, version: Number(match[2]), name: match[3] ?? "" };
}
