import { describe, expect, it } from "vitest";
import { MemoryHttp, MemorySockets, LINEAR_BTC, orderFor } from "../../../test/exchanges/binance/trading-rig.ts";
import { RateLimitedError } from "../../base/errors.ts";
import { createRandom } from "../../base/random.ts";
import { VirtualScheduler } from "../../base/scheduler.ts";
import type { HttpResponse } from "../transport/http.ts";
import { endpointsOf } from "./endpoints.ts";
import { PublicRest } from "./market/rest.ts";
import { createBinanceLimiter } from "./rate-limits.ts";
import { Credentials } from "./trading/credentials.ts";
import { createBinanceGateway } from "./trading/gateway.ts";

const NOW = 1_764_000_000_000;

/** Market data and an account of one address. */
function oneAddress(answers: Readonly<Record<string, Partial<HttpResponse>>> = {}) {
  const scheduler = new VirtualScheduler(NOW);
  const http = new MemoryHttp(({ path }) => answers[path] ?? { body: path.endsWith("/time") ? `{"serverTime":${scheduler.now()}}` : "[]" });
  const limiter = createBinanceLimiter({ market: "linear", scheduler });
  const shared = { endpoints: endpointsOf({ market: "linear" }), http, scheduler, limiter };
  const market = new PublicRest(shared);
  const gateway = createBinanceGateway({
    ...shared,
    market: "linear",
    instruments: [LINEAR_BTC],
    credentials: new Credentials("key", "secret"),
    sockets: new MemorySockets(),
    random: createRandom(1),
  });
  return { scheduler, http, limiter, market, gateway };
}

const used = ({ limiter }: ReturnType<typeof oneAddress>): number => limiter.usage().find(({ name }) => name === "weight")?.used ?? NaN;

describe("what leaves from one address", () => {
  it("is counted together: what market data has used, the account's questions have not", async () => {
    const address = oneAddress();
    await address.market.get({ path: "klines", weight: 2_155 });
    await address.gateway.balances();
    expect(used(address)).toBe(2_160);
    const history = address.gateway.transfersSince(NOW);
    expect(await Promise.race([history.catch((error: unknown) => error), Promise.resolve("waits")])).toBe("waits");
    await expect(history).rejects.toBeInstanceOf(RateLimitedError);
    // A cancel may use what is kept in reserve.
    const { clientOrderId, symbol, type } = orderFor(LINEAR_BTC, { type: "limit", price: 60_000 });
    await address.gateway.cancel({ clientOrderId, orderId: "1", symbol, type });
    expect(address.http.to("/fapi/v1/order").map(({ method }) => method)).toEqual(["DELETE"]);
  });

  it("is counted together: what the account has asked, market data have not", async () => {
    const address = oneAddress();
    // 72 of 30 each use up all but the reserve of 2,400.
    for (let asked = 0; asked < 72; asked += 1) await address.gateway.transfersSince(NOW);
    expect(used(address)).toBe(2_160);
    const bars = address.market.get({ path: "klines", weight: 5 });
    expect(await Promise.race([bars.catch((error: unknown) => error), Promise.resolve("waits")])).toBe("waits");
    await expect(bars).rejects.toBeInstanceOf(RateLimitedError);
    expect(address.http.to("/fapi/v1/klines")).toHaveLength(0);
  });

  it("leaves after both have waited when one of them is told to", async () => {
    const { market, gateway, limiter } = oneAddress({ "/fapi/v1/klines": { status: 429, headers: { "retry-after": "20" }, body: "{}" } });
    await expect(market.get({ path: "klines", weight: 5 })).rejects.toBeInstanceOf(RateLimitedError);
    await expect(gateway.balances()).rejects.toBeInstanceOf(RateLimitedError);
    expect(limiter.silentUntil).toBe(NOW + 20_000);
  });

  it("holds market data back when the account is told to wait", async () => {
    const { market, gateway } = oneAddress({ "/fapi/v3/balance": { status: 418, headers: { "retry-after": "120" }, body: "{}" } });
    await expect(gateway.balances()).rejects.toBeInstanceOf(RateLimitedError);
    await expect(market.get({ path: "depth", weight: 10 })).rejects.toBeInstanceOf(RateLimitedError);
  });

  it.each([
    ["the market's side", "/fapi/v1/klines"],
    ["the account's side", "/fapi/v3/balance"],
  ])("is silent until the end of a ban that only %s has been told of", async (_name, path) => {
    const body = `{"code":-1003,"msg":"Way too much request weight used; IP banned until ${NOW + 300_000}. Please use the websocket."}`;
    const { market, gateway, limiter } = oneAddress({ [path]: { status: 418, body } });
    const asked = path.endsWith("klines") ? market.get({ path: "klines", weight: 5 }) : gateway.balances();
    await expect(asked).rejects.toMatchObject({ retryAfterMs: 300_000 });
    expect(limiter.silentUntil).toBe(NOW + 300_000);
  });

  it("waits two minutes when a ban names no end", async () => {
    const { market, limiter } = oneAddress({ "/fapi/v1/klines": { status: 418, body: "" } });
    await expect(market.get({ path: "klines", weight: 5 })).rejects.toMatchObject({ retryAfterMs: 120_000 });
    expect(limiter.silentUntil).toBe(NOW + 120_000);
  });
});
