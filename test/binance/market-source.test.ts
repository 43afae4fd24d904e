/** Binance's market data over a network in memory and a virtual clock: what a listener was promised, whatever happens on the way. */
import { describe, expect, it } from "vitest";
import { ConfigurationError, NetworkError, RateLimitedError } from "../../src/base/errors.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/domain/timeframe.ts";
import { createRig, START, subscription } from "./market-rig.ts";

const FIRST = START - 30_000;

describe("market data of Binance", () => {
  it("are up once the streams are there and trades have a beginning, and then come as they happen", async () => {
    const { exchange, source, recorder, run } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await run(1_000);
    // The first best prices are asked for; whether the streams bring anything is not known yet.
    expect(recorder.quotes).toEqual(["99.9 100.1"]);
    expect(recorder.isUp).toBe(false);
    exchange.trade("100.5");
    expect(recorder.isUp).toBe(true);
    exchange.move("100.4", "100.6");
    exchange.trade("100.6");
    expect(recorder.trades).toEqual(["5001", "5002"]);
    expect(recorder.quotes.at(-1)).toBe("100.4 100.6");
    await run(2_000);
    expect(recorder.latencyMs).toBe(0);
  });

  it("ask for the streams of USDⓈ-M futures where they are served", async () => {
    const { exchange, source, recorder, run } = createRig("linear");
    source.subscribe([subscription(exchange, { book: true }), subscription(exchange, { timeframe: "1h" })], recorder);
    await run(1_000);
    expect(exchange.urls.toSorted()).toEqual([
      "wss://fstream.binance.com/market/stream?streams=btcusdt@kline_1m/btcusdt@kline_1h/btcusdt@aggTrade/btcusdt@markPrice@1s",
      "wss://fstream.binance.com/public/stream?streams=btcusdt@bookTicker/btcusdt@depth@100ms",
    ]);
  });

  it("refuse bars that Binance does not have, in a sentence", async () => {
    const spot = createRig();
    expect(() => spot.source.subscribe([subscription(spot.exchange, { timeframe: "10m" })], spot.recorder)).toThrow(
      new ConfigurationError("timeframe: Binance has no bars of 10m; use 5m or 15m"),
    );
    await expect(spot.source.history("BTCUSDT", "10m", { from: 0, to: 1 })).rejects.toThrow(ConfigurationError);
    const linear = createRig("linear");
    expect(() => linear.source.subscribe([subscription(linear.exchange, { timeframe: "1s" })], linear.recorder)).toThrow(
      ConfigurationError,
    );
  });

  it("name a symbol that is not listed, and what is similar", async () => {
    const { exchange, source, run } = createRig();
    const asked = source.instruments(["BTCUSD"]);
    asked.catch(() => {});
    await run(1_000);
    await expect(asked).rejects.toThrow('symbol: Binance spot do not list BTCUSD; did you mean "BTCUSDT"?');
    expect(exchange.requests).toEqual(["exchangeInfo?symbols=%5B%22BTCUSD%22%5D"]);
  });

  it("say why they are down, and come up when the exchange answers again", async () => {
    const { exchange, source, recorder, run, live } = createRig();
    exchange.reply = () => new NetworkError("no way");
    source.subscribe([subscription(exchange)], recorder);
    await run(500);
    expect(recorder.states).toEqual(["down 0 no way"]);
    exchange.reply = undefined;
    await live(10_000);
    expect(recorder.isUp).toBe(true);
  });

  it("are down while the symbol does not trade, whatever its status is called", async () => {
    const { exchange, source, recorder, live } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await live(10_000);
    exchange.status = "CANCEL_ONLY";
    await live(MINUTE_MS);
    expect(recorder.states.at(-1)).toMatch(/^down .* BTCUSDT does not trade now: its status is CANCEL_ONLY$/);
    exchange.status = "TRADING";
    await live(MINUTE_MS);
    expect(recorder.isUp).toBe(true);
  });

  it("stop when the source is disposed of", async () => {
    const { exchange, source, recorder, run, live } = createRig();
    source.subscribe([subscription(exchange, { book: true })], recorder);
    await live(1_000);
    await source[Symbol.asyncDispose]();
    const told = recorder.lines.length + recorder.states.length;
    exchange.trade("100");
    const asked = exchange.requests.length;
    await run(HOUR_MS);
    expect(recorder.isUp).toBe(true);
    expect([recorder.lines.length + recorder.states.length, exchange.requests.length, exchange.openLines]).toEqual([told, asked, 0]);
  });
});

describe("closed bars of Binance", () => {
  it("are handed out when they have closed, once, from the one on that formed at the start", async () => {
    const { exchange, source, recorder, live } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await live(29_000);
    exchange.kline("1m", FIRST, false);
    await live(1_000);
    exchange.kline("1m", FIRST, true);
    exchange.kline("1m", FIRST, true);
    exchange.kline("1m", FIRST + MINUTE_MS, false);
    await live(MINUTE_MS);
    exchange.kline("1m", FIRST + MINUTE_MS, true);
    expect(recorder.bars).toEqual([FIRST, FIRST + MINUTE_MS]);
    expect(source.counts.duplicates).toBe(1);
    expect(exchange.requests.filter((request) => request.startsWith("klines"))).toEqual([]);
  });

  it("are asked for when the stream does not tell them in time, and dropped when it does so later", async () => {
    const { exchange, source, recorder, live } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await live(32_500);
    expect(recorder.bars).toEqual([]);
    await live(1_500);
    expect(recorder.bars).toEqual([FIRST]);
    exchange.kline("1m", FIRST, true);
    expect(recorder.bars).toEqual([FIRST]);
    await live(MINUTE_MS);
    expect(recorder.bars).toEqual([FIRST, FIRST + MINUTE_MS]);
    expect(recorder.isUp).toBe(true);
  });

  it("wait for one that was left out until it has been fetched", async () => {
    const { exchange, source, recorder, live } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await live(1_000);
    exchange.reply = (path) => (path === "klines" ? new NetworkError("no answer") : undefined);
    await live(30_000);
    await live(MINUTE_MS);
    exchange.kline("1m", FIRST + MINUTE_MS, true);
    await live(2_000);
    expect(recorder.bars).toEqual([]);
    expect(recorder.isUp).toBe(false);
    exchange.reply = undefined;
    await live(30_000);
    expect(recorder.bars).toEqual([FIRST, FIRST + MINUTE_MS]);
    expect(recorder.isUp).toBe(true);
  });

  it("that ended while nothing could be heard are fetched after the reconnection", async () => {
    const { exchange, source, recorder, live, run } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await live(10_000);
    exchange.reply = () => new NetworkError("no way");
    exchange.isReachable = false;
    exchange.hangUp();
    await run(5 * MINUTE_MS);
    exchange.reply = undefined;
    exchange.isReachable = true;
    await live(60_000);
    const count = recorder.bars.length;
    expect(count).toBeGreaterThanOrEqual(5);
    expect(recorder.bars).toEqual(Array.from({ length: count }, (_, index) => FIRST + index * MINUTE_MS));
    expect(recorder.isUp).toBe(true);
  });
});

describe("trades of Binance", () => {
  it("that were lost on the way are fetched before what follows them", async () => {
    const { exchange, source, recorder, live } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await live(1_000);
    exchange.trade("100");
    exchange.isLosing = true;
    for (let count = 0; count < 2_500; count += 1) exchange.trade("101");
    exchange.isLosing = false;
    exchange.trade("102");
    await live(10);
    exchange.trade("103");
    expect(recorder.isUp).toBe(false);
    await live(1_000);
    exchange.trade("104");
    expect(recorder.trades).toEqual(exchange.trades.slice(1).map(({ a }) => String(a)));
    expect(recorder.isUp).toBe(true);
  });

  it("are told once although they come twice", async () => {
    const { exchange, source, recorder, live } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await live(1_000);
    exchange.trade("100");
    exchange.trade("101");
    for (const trade of exchange.trades) exchange.tell("aggTrade", exchange.tradeMessage(trade));
    expect(recorder.trades).toEqual(["5001", "5002"]);
    expect(source.counts.duplicates).toBe(3);
  });

  it("of an outage are all there after it, in order", async () => {
    const { exchange, source, recorder, live, run } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await live(2_000);
    exchange.trade("100");
    exchange.hangUp();
    expect(recorder.states.at(-1)).toBe("down 2 the stream was closed: gone (code 1006)");
    exchange.trade("101");
    await run(200);
    exchange.trade("102");
    await live(5_000);
    exchange.trade("103");
    expect(recorder.trades).toEqual(["5001", "5002", "5003", "5004"]);
    expect(recorder.isUp).toBe(true);
  });

  it("are fetched again and again while the exchange does not give them", async () => {
    const { exchange, source, recorder, live } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await live(1_000);
    exchange.reply = (path) => (path === "aggTrades" ? { status: 200, headers: {}, body: "[]" } : undefined);
    exchange.isLosing = true;
    exchange.trade("100");
    exchange.isLosing = false;
    exchange.trade("101");
    await live(20_000);
    expect(recorder.trades).toEqual([]);
    expect(exchange.requests.length).toBeLessThan(20);
    exchange.reply = undefined;
    await live(30_000);
    expect(recorder.trades).toEqual(["5001", "5002"]);
  });
});

describe("the book of Binance", () => {
  it("is shown from a snapshot on and follows its updates", async () => {
    const { exchange, source, recorder, live } = createRig();
    source.subscribe([subscription(exchange, { book: true })], recorder);
    await live(1_000);
    expect(recorder.isUp).toBe(true);
    const id = exchange.updateId + 1;
    exchange.tell("depth@100ms", { e: "depthUpdate", E: START, s: "BTCUSDT", U: 900, u: id, b: [["100.0", "2.5"]], a: [] });
    expect(recorder.books.at(-1)).toBe("100 100.1");
    exchange.tell("depth@100ms", { e: "depthUpdate", E: START, s: "BTCUSDT", U: id + 5, u: id + 6, b: [["99.9", "1"]], a: [] });
    expect(recorder.isUp).toBe(false);
    exchange.updateId = id + 6;
    await live(3_000);
    expect(recorder.isUp).toBe(true);
  });
});

describe("funding of Binance", () => {
  it("is told at the settled rate, once, after its moment", async () => {
    const { exchange, source, recorder, live } = createRig("linear");
    const moment = START + 20_000;
    source.subscribe([subscription(exchange, { funding: true })], recorder);
    exchange.nextFundingTime = moment;
    await live(20_500);
    exchange.nextFundingTime = moment + 8 * HOUR_MS;
    // The answer comes late.
    await live(10_000);
    expect(recorder.fundings).toEqual([]);
    exchange.fundings.push({ symbol: "BTCUSDT", fundingRate: "0.00030000", fundingTime: moment + 4, markPrice: "101.5" });
    await live(60_000);
    expect(recorder.fundings).toEqual([`${moment + 4} 0.0003 101.5`]);
    // Every hour from now on; the line breaks at the moment itself.
    exchange.nextFundingTime = exchange.now + 5_000;
    await live(4_000);
    exchange.fundings.push({ symbol: "BTCUSDT", fundingRate: "-0.0001", fundingTime: exchange.nextFundingTime, markPrice: "" });
    exchange.hangUp();
    await live(20_000);
    expect(recorder.fundings.slice(1)).toEqual([`${exchange.nextFundingTime} -0.0001 `]);
  });
});

describe("history of Binance", () => {
  async function history(market: "spot" | "linear" | "inverse", from: number, to: number): Promise<{ bars: number[]; requests: number }> {
    const { exchange, source, run } = createRig(market);
    const asked = source.history(exchange.symbol, "1m", { from, to });
    await run(30_000);
    const { openTime, length } = await asked;
    return {
      bars: [...openTime.subarray(0, length)],
      requests: exchange.requests.filter((request) => request.startsWith("klines")).length,
    };
  }

  it.each(["spot", "linear", "inverse"] as const)("of %s comes page after page, whole and in order", async (market) => {
    const from = FIRST - 3_500 * MINUTE_MS;
    const { bars, requests } = await history(market, from, FIRST);
    expect(bars).toEqual(Array.from({ length: 3_500 }, (_, index) => from + index * MINUTE_MS));
    expect(requests).toBe(market === "spot" ? 4 : 3);
  });

  it("has closed bars only", async () => {
    const { bars } = await history("spot", FIRST - 2 * MINUTE_MS, FIRST + HOUR_MS);
    expect(bars).toEqual([FIRST - 2 * MINUTE_MS, FIRST - MINUTE_MS]);
  });

  it("ends in silence when the exchange asks for it, and nothing is asked before the time is over", async () => {
    const { exchange, source, run } = createRig();
    exchange.reply = (path) => (path === "klines" ? { status: 429, headers: { "retry-after": "40" }, body: "{}" } : undefined);
    const asked = source.history("BTCUSDT", "1m", { from: FIRST - HOUR_MS, to: FIRST });
    asked.catch(() => {});
    await run(5_000);
    await expect(asked).rejects.toThrow(RateLimitedError);
    exchange.reply = undefined;
    const before = exchange.requests.length;
    const again = source.history("BTCUSDT", "1m", { from: FIRST - HOUR_MS, to: FIRST });
    await run(20_000);
    expect(exchange.requests).toHaveLength(before);
    await run(30_000);
    expect((await again).length).toBe(60);
  });
});
