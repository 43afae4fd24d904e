import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/base/random.ts";
import { turn, VirtualScheduler } from "../../../src/base/scheduler.ts";
import { endpointsOf } from "../../../src/exchanges/binance/endpoints.ts";
import { readCredentials } from "../../../src/exchanges/binance/trading/credentials.ts";
import { createBinanceGateway } from "../../../src/exchanges/binance/trading/gateway.ts";
import { createBinanceServer } from "../../../src/sandbox/binance/server.ts";
import { defaultInstruments } from "../../../src/sandbox/default-instruments.ts";
import { FaultPlan } from "../../../src/sandbox/faults.ts";
import { SimNetwork } from "../../../src/sandbox/sim-network.ts";
import { createVenue } from "../../../src/sandbox/venue/create-venue.ts";
import type { Market } from "../rig.ts";

const HOUR_MS = 3_600_000;

describe.each(["spot", "linear", "inverse"] as const)("a private stream of %s over days", (market: Market) => {
  it("F32: is renewed before the exchange ends it after 24 hours, and no trade of the hours between is missing", async () => {
    const scheduler = new VirtualScheduler(Date.UTC(2026, 0, 5));
    const random = createRandom(3);
    const instruments = defaultInstruments(market).slice(0, 1);
    const symbol = instruments[0]?.symbol ?? "";
    // A market that stands still lets days pass in no time.
    const venue = createVenue({ market, instruments, scheduler, seed: 1, initialCapital: market === "inverse" ? 10 : 100_000 });
    const apiKey = "key";
    const server = createBinanceServer({ venues: { [market]: venue }, scheduler, random, accounts: [{ apiKey, secret: "secret" }] });
    const client = new SimNetwork({ plan: new FaultPlan({ server, scheduler, random }), scheduler, random }).client();
    let connections = 0;
    const gateway = createBinanceGateway({
      market,
      instruments,
      credentials: readCredentials({ BINANCE_API_KEY: apiKey, BINANCE_API_SECRET: "secret" }),
      endpoints: endpointsOf({ market, baseUrl: "http://127.0.0.1:8899" }),
      http: client.http,
      sockets: {
        open: (url, handlers) => {
          connections += 1;
          return client.sockets.open(url, handlers);
        },
      },
      scheduler,
      random,
    });
    const told = new Set<string>();
    const downs: string[] = [];
    gateway.connect({
      onOrder: () => {},
      onFill: (fill) => void told.add(fill.tradeId),
      onBalances: () => {},
      onPosition: () => {},
      onTransfer: () => {},
      onStream: (isConnected, reason) => {
        if (!isConnected) downs.push(reason);
      },
    });
    const quantity = market === "inverse" ? 1 : 0.005;
    for (let hour = 0; hour < 50; hour += 1) {
      const end = scheduler.now() + HOUR_MS;
      while (scheduler.nextDue <= end) {
        scheduler.step();
        // oxlint-disable-next-line no-await-in-loop -- time passes one event after the other
        await turn();
      }
      scheduler.advanceTo(end);
      venue.submit({ symbol, side: hour % 2 === 0 ? "buy" : "sell", type: "market", quantity });
    }
    const last = scheduler.now() + 5_000;
    while (scheduler.nextDue <= last) {
      scheduler.step();
      // oxlint-disable-next-line no-await-in-loop -- as above
      await turn();
    }
    expect([downs, connections]).toEqual([[], 3]);
    expect(venue.fills(symbol).map(({ tradeId }) => tradeId)).toEqual([...told]);
    expect(told.size).toBeGreaterThan(45);
    await gateway[Symbol.asyncDispose]();
  });
});
