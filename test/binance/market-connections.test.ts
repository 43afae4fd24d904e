/** Connections to Binance's streams that break, fall silent or are about to end. */
import { describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../src/domain/timeframe.ts";
import { createRig, subscription } from "./market-rig.ts";

describe("connections to Binance", () => {
  it("that fall silent are noticed within five seconds and opened anew", async () => {
    const { exchange, source, recorder, live, run } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await live(10_000);
    exchange.isLosing = true;
    exchange.move("101.0", "101.1");
    await run(5_000);
    expect(recorder.states.at(-1)).toMatch(/^down 1[0-5](\.\d)? nothing has come/);
    exchange.isLosing = false;
    await live(5_000);
    expect(recorder.isUp).toBe(true);
    expect(exchange.urls).toHaveLength(2);
  });

  it("on which nothing happens are left alone", async () => {
    const { exchange, source, recorder, live, run } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await live(10_000);
    await run(15_000);
    expect(exchange.urls).toHaveLength(1);
    expect(recorder.isUp).toBe(true);
    // Asked at once whether the silence is real, the exchange says so before anybody has to worry.
    expect(recorder.states.some((state) => state.startsWith("down") && state.includes("nothing has come"))).toBe(false);
  });

  it("of futures are noticed when only the one with the mark price falls silent", async () => {
    const { exchange, source, recorder, live, run } = createRig("linear");
    source.subscribe([subscription(exchange)], recorder);
    await live(10_000);
    expect(recorder.isUp).toBe(true);
    for (let step = 0; step < 10; step += 1) {
      exchange.move(step % 2 === 0 ? "100.0" : "99.9", "100.1");
      await run(500);
    }
    expect(recorder.isUp).toBe(false);
    expect(exchange.urls.filter((url) => url.includes("/market/"))).toHaveLength(2);
    expect(exchange.urls.filter((url) => url.includes("/public/"))).toHaveLength(1);
  });

  it("that are about to be shut down are replaced before, without a moment of silence", async () => {
    const { exchange, source, recorder, live } = createRig();
    source.subscribe([subscription(exchange, { book: true })], recorder);
    await live(1_000);
    const states = recorder.states.length;
    exchange.tellAll('{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1770123456789}}');
    await live(100);
    exchange.trade("100");
    expect(exchange.openLines).toBe(1);
    exchange.trade("101");
    await live(5_000);
    expect(recorder.states).toHaveLength(states);
    expect(recorder.trades).toEqual(["5001", "5002"]);
    expect(exchange.urls).toHaveLength(2);
  });

  it("count as well on a market where nothing happens, once the exchange has been asked", async () => {
    const { exchange, source, recorder, run } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await run(4_000);
    expect(recorder.isUp).toBe(false);
    await run(2_000);
    expect(recorder.isUp).toBe(true);
    await run(10 * MINUTE_MS);
    expect(exchange.urls).toHaveLength(1);
    expect(exchange.requests.length).toBeLessThan(60);
  });

  it("are renewed before the exchange ends them after a day", async () => {
    const { exchange, source, recorder, run } = createRig();
    source.subscribe([subscription(exchange, { timeframe: "1d" })], recorder);
    await run(24 * HOUR_MS);
    expect(exchange.urls).toHaveLength(2);
    expect(exchange.openLines).toBe(1);
  });

  it("that cannot be made are not asked for in a storm", async () => {
    const { exchange, source, recorder, run } = createRig();
    exchange.isReachable = false;
    source.subscribe([subscription(exchange)], recorder);
    await run(5 * MINUTE_MS);
    expect(exchange.urls.length).toBeGreaterThan(5);
    expect(exchange.urls.length).toBeLessThan(40);
  });
});
