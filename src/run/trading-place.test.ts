import { afterAll, beforeAll, expect, it } from "vitest";
import { silentLogger } from "../base/logger.ts";
import { createRandom } from "../base/random.ts";
import { systemScheduler } from "../base/scheduler.ts";
import type { Gateway } from "../engine/gateway.ts";
import { defineExpert } from "../expert/define.ts";
import { resolveRunOptions } from "../expert/resolve.ts";
import { startFakeVenue, type FakeVenue } from "../sandbox/server/fake-venue.ts";
import { openPlace, type TradingPlace } from "./trading-place.ts";

let venue: FakeVenue;

beforeAll(async () => {
  venue = await startFakeVenue({ market: "linear", seed: 3, venue: { historyDays: 2 } });
});

afterAll(async () => {
  expect(venue.failures).toEqual([]);
  await venue.close();
});

/** What a live run on the fake exchange would open. */
async function openLive(rateLimit?: number): Promise<{ place: TradingPlace; gateway: Gateway }> {
  const { options } = defineExpert({ name: "Asks", symbol: "BTCUSDT", timeframe: "1m" }, () => {});
  const run = resolveRunOptions(options, {
    mode: "live",
    marketType: "futures",
    baseUrl: venue.url,
    ...(rateLimit === undefined ? {} : { rateLimit }),
  });
  const { apiKey, apiSecret } = venue.credentials;
  const env = { BINANCE_API_KEY: apiKey, BINANCE_API_SECRET: apiSecret };
  const surroundings = { scheduler: systemScheduler, random: createRandom(1), log: silentLogger };
  const place = await openPlace({ run, env, isPaper: false, isSandbox: false, ...surroundings });
  return { place, gateway: place.openGateway(await place.source.instruments(["BTCUSDT"])) };
}

/** The exchange refuses the next request for a path, and asks to be left alone for a second. */
function refuseOnce(path: string): void {
  venue.sandbox.faults.add({
    on: "request",
    match: { path },
    verb: "reply",
    status: 429,
    code: -1003,
    headers: { "retry-after": "1" },
    executed: false,
  });
}

const bars = ({ source }: TradingPlace) => source.history("BTCUSDT", "1m", { from: Date.now() - 600_000, to: Date.now() - 60_000 });

/** How long it takes until a question has its answer, milliseconds. */
async function timeOf(question: Promise<unknown>): Promise<number> {
  const started = performance.now();
  await question;
  return performance.now() - started;
}

it("an account asks nothing while market data have been told to wait", async () => {
  const { place, gateway } = await openLive();
  await using _closed = place;
  refuseOnce("/fapi/v1/klines");
  await expect(bars(place)).rejects.toThrow("asks to wait 1000 ms");
  expect(await timeOf(gateway.balances())).toBeGreaterThan(900);
});

it("market data are not asked for while the account has been told to wait", async () => {
  const { place, gateway } = await openLive();
  await using _closed = place;
  refuseOnce("/fapi/v3/balance");
  await expect(gateway.balances()).rejects.toThrow("asks to wait 1000 ms");
  expect(await timeOf(bars(place))).toBeGreaterThan(900);
});

it("the user's own limit counts what both ask", async () => {
  const { place, gateway } = await openLive(4);
  await using _closed = place;
  // Opening has asked once or more.
  for (let asked = 0; asked < 3; asked += 1) await gateway.balances();
  expect(await timeOf(bars(place))).toBeGreaterThan(400);
});
