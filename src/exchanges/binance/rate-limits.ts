import type { Scheduler } from "../../base/scheduler.ts";
import type { HttpResponse } from "../transport/http.ts";
import { RateLimiter, type RateLimit } from "../transport/rate-limiter.ts";
import type { BinanceMarket } from "./endpoints.ts";

/**
 * Limits as `exchangeInfo` tells them today: weight per address, orders per account. USDⓈ-M and COIN-M share theirs since 30 June 2026.
 * A tenth of each is kept for cancels and exits.
 */
function limitsOf(market: BinanceMarket): readonly RateLimit[] {
  if (market === "spot") {
    return [
      { name: "weight", limit: 6000, windowMs: 60_000 },
      { name: "orders10s", limit: 100, windowMs: 10_000 },
      { name: "orders1d", limit: 200_000, windowMs: 86_400_000, reserveShare: 0.01 },
    ];
  }
  return [
    { name: "weight", limit: 2400, windowMs: 60_000 },
    { name: "orders10s", limit: 300, windowMs: 10_000 },
    { name: "orders1m", limit: 1200, windowMs: 60_000 },
  ];
}

export interface BinanceLimiterOptions {
  readonly market: BinanceMarket;
  readonly scheduler: Scheduler;
  /** The user's own bound on top, requests per second. @default none */
  readonly requestsPerSecond?: number | undefined;
}

/** Counts what leaves for one market of Binance. Market data and account ask from the same address: one limiter is for both. */
export function createBinanceLimiter({ market, scheduler, requestsPerSecond }: BinanceLimiterOptions): RateLimiter {
  return new RateLimiter({ exchange: "Binance", scheduler, limits: limitsOf(market), requestsPerSecond });
}

const SILENCE_DEFAULT_MS = { refused: 60_000, banned: 120_000 } as const;
/** The longest ban that Binance speaks of. */
const SILENCE_MAX_MS = 3 * 86_400_000;

/**
 * For how long an answer asks to send nothing, milliseconds; undefined when it does not. Header `Retry-After` in seconds, or the moment that
 * a ban names: {"code":-1003,"msg":"Way too much request weight used; IP banned until 1712840265023."}
 */
export function silenceAskedBy({ status, headers, body }: HttpResponse, serverTime: number): number | undefined {
  if (status !== 429 && status !== 418) return undefined;
  const seconds = Number(headers["retry-after"] ?? NaN);
  if (seconds > 0) return Math.min(seconds * 1_000, SILENCE_MAX_MS);
  const bannedUntil = Number(/banned until (\d{13})/.exec(body)?.[1] ?? NaN);
  if (bannedUntil > serverTime) return Math.min(bannedUntil - serverTime, SILENCE_MAX_MS);
  return status === 418 ? SILENCE_DEFAULT_MS.banned : SILENCE_DEFAULT_MS.refused;
}
