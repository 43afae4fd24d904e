import type { Clock } from "../../base/clock.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../domain/timeframe.ts";
import type { JsonObject } from "./json.ts";
import { Refusal } from "./refusals.ts";

/** Whose weight a request uses: each base address of Binance counts for itself. */
export type Pool = "api" | "sapi" | "fapi" | "dapi";

export interface Limits {
  /** Request weight a minute and address. */
  readonly weights: Readonly<Record<Pool, number>>;
  /** New orders of the account in the short window (10 s) and the long one (spot a day, futures a minute). */
  readonly orders: Readonly<Record<Pool, { readonly short: number; readonly long: number }>>;
  /** Requests sent in one minute after the first 429 until the address is banned. Binance does not say how many it takes. */
  readonly violationsBeforeBan: number;
  /** Connections that an address may try in five minutes. */
  readonly connections: number;
}

/** Sources: exchangeInfo of the three markets and "LIMITS" of rest-api.md, July 2026. */
export const DEFAULT_LIMITS: Limits = {
  weights: { api: 6_000, sapi: 12_000, fapi: 2_400, dapi: 2_400 },
  orders: {
    api: { short: 100, long: 200_000 },
    sapi: { short: 100, long: 200_000 },
    fapi: { short: 300, long: 1_200 },
    dapi: { short: 300, long: 1_200 },
  },
  violationsBeforeBan: 10,
  connections: 300,
};

const BAN_MS_MIN = 2 * MINUTE_MS;
const BAN_MS_MAX = 72 * HOUR_MS;
const ORDER_WINDOW_MS = 10 * SECOND_MS;
const CONNECTION_WINDOW_MS = 5 * MINUTE_MS;

interface Address {
  minute: number;
  readonly used: Map<Pool, number>;
  violations: number;
  bans: number;
  bannedUntil: number;
  connectionWindow: number;
  connections: number;
}

/** Counts weights by address and orders by market, and refuses with 429, then 418, as Binance does. */
export class RateLimits {
  readonly #limits: Limits;
  readonly #clock: Clock;
  readonly #addresses = new Map<string, Address>();
  readonly #orders = new Map<Pool, { short: number; shortCount: number; long: number; longCount: number }>();

  constructor(limits: Limits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Counts a request before it is looked at; throws when it is over the limit or the address is banned. */
  count(address: string, pool: Pool, weight: number): void {
    const entry = this.#address(address);
    const now = this.#clock.now();
    if (now < entry.bannedUntil) throw banned(entry.bannedUntil, now);
    const used = (entry.used.get(pool) ?? 0) + weight;
    entry.used.set(pool, used);
    const limit = this.#limits.weights[pool];
    if (used <= limit) return;
    entry.violations += 1;
    if (entry.violations > this.#limits.violationsBeforeBan) {
      entry.bannedUntil = now + Math.min(BAN_MS_MIN * 2 ** entry.bans, BAN_MS_MAX);
      entry.bans += 1;
      entry.violations = 0;
      throw banned(entry.bannedUntil, now);
    }
    const text = `Too much request weight used; current limit is ${limit} request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.`;
    throw new Refusal(-1003, text, { status: 429, headers: retryAfter((entry.minute + 1) * MINUTE_MS - now) });
  }

  /** Counts new orders; throws -1015 when there are too many. */
  countOrders(pool: Pool, orders: number): void {
    const entry = this.#orderWindows(pool);
    const limit = this.#limits.orders[pool];
    entry.shortCount += orders;
    entry.longCount += orders;
    if (entry.shortCount > limit.short) throw this.#tooManyOrders(limit.short, "10 SECOND", (entry.short + 1) * ORDER_WINDOW_MS);
    if (entry.longCount > limit.long) {
      throw this.#tooManyOrders(limit.long, isSpot(pool) ? "1 DAY" : "1 MINUTE", (entry.long + 1) * longWindowMs(pool));
    }
  }

  /** Another 418 now, without a reason. */
  ban(address: string, durationMs: number): void {
    this.#address(address).bannedUntil = this.#clock.now() + durationMs;
  }

  /** Whether one more connection of the address is accepted. */
  countConnection(address: string): boolean {
    const entry = this.#address(address);
    const window = Math.floor(this.#clock.now() / CONNECTION_WINDOW_MS);
    if (window !== entry.connectionWindow) {
      entry.connectionWindow = window;
      entry.connections = 0;
    }
    entry.connections += 1;
    return entry.connections <= this.#limits.connections;
  }

  /** `x-mbx-used-weight-1m` and, after an order, `x-mbx-order-count-…`. */
  headers(address: string, pool: Pool, isOrder: boolean): Record<string, string> {
    const used = String(this.#address(address).used.get(pool) ?? 0);
    const headers: Record<string, string> = { "x-mbx-used-weight-1m": used };
    if (pool === "api") headers["x-mbx-used-weight"] = used;
    if (pool === "sapi") headers["x-sapi-used-ip-weight-1m"] = used;
    if (!isOrder) return headers;
    const { shortCount, longCount } = this.#orderWindows(pool);
    headers["x-mbx-order-count-10s"] = String(shortCount);
    headers[isSpot(pool) ? "x-mbx-order-count-1d" : "x-mbx-order-count-1m"] = String(longCount);
    return headers;
  }

  /** The same as the WebSocket API tells it, under `rateLimits`. */
  status(address: string, pool: Pool, isOrder: boolean): readonly JsonObject[] {
    const weight = { ...this.#weightLimit(pool), count: this.#address(address).used.get(pool) ?? 0 };
    return isOrder ? [...this.orderStatus(pool), weight] : [weight];
  }

  orderStatus(pool: Pool): readonly JsonObject[] {
    const { shortCount, longCount } = this.#orderWindows(pool);
    const [short, long] = this.#orderLimits(pool);
    return [
      { ...short, count: shortCount },
      { ...long, count: longCount },
    ];
  }

  /** `rateLimits` of exchangeInfo. */
  describe(pool: Pool): readonly JsonObject[] {
    return [this.#weightLimit(pool), ...this.#orderLimits(pool)];
  }

  #weightLimit(pool: Pool): JsonObject {
    return { rateLimitType: "REQUEST_WEIGHT", interval: "MINUTE", intervalNum: 1, limit: this.#limits.weights[pool] };
  }

  #orderLimits(pool: Pool): readonly [JsonObject, JsonObject] {
    const { short, long } = this.#limits.orders[pool];
    return [
      { rateLimitType: "ORDERS", interval: "SECOND", intervalNum: 10, limit: short },
      { rateLimitType: "ORDERS", interval: isSpot(pool) ? "DAY" : "MINUTE", intervalNum: 1, limit: long },
    ];
  }

  #tooManyOrders(limit: number, interval: string, end: number): Refusal {
    const text = `Too many new orders; current limit is ${limit} orders per ${interval}.`;
    return new Refusal(-1015, text, { status: 429, headers: retryAfter(end - this.#clock.now()) });
  }

  #address(address: string): Address {
    const minute = Math.floor(this.#clock.now() / MINUTE_MS);
    let entry = this.#addresses.get(address);
    if (entry === undefined) {
      entry = { minute, used: new Map(), violations: 0, bans: 0, bannedUntil: 0, connectionWindow: -1, connections: 0 };
      this.#addresses.set(address, entry);
    }
    if (entry.minute !== minute) {
      entry.minute = minute;
      entry.violations = 0;
      entry.used.clear();
    }
    return entry;
  }

  #orderWindows(pool: Pool): { short: number; shortCount: number; long: number; longCount: number } {
    const now = this.#clock.now();
    const short = Math.floor(now / ORDER_WINDOW_MS);
    const long = Math.floor(now / longWindowMs(pool));
    const entry = this.#orders.get(pool) ?? { short, shortCount: 0, long, longCount: 0 };
    this.#orders.set(pool, entry);
    if (entry.short !== short) Object.assign(entry, { short, shortCount: 0 });
    if (entry.long !== long) Object.assign(entry, { long, longCount: 0 });
    return entry;
  }
}

function isSpot(pool: Pool): boolean {
  return pool === "api" || pool === "sapi";
}

function longWindowMs(pool: Pool): number {
  return isSpot(pool) ? 24 * HOUR_MS : MINUTE_MS;
}

function banned(until: number, now: number): Refusal {
  const text = `Way too much request weight used; IP banned until ${Math.ceil(until)}. Please use WebSocket Streams for live updates to avoid bans.`;
  return new Refusal(-1003, text, { status: 418, headers: retryAfter(until - now) });
}

function retryAfter(ms: number): Record<string, string> {
  return { "retry-after": String(Math.max(1, Math.ceil(ms / SECOND_MS))) };
}
