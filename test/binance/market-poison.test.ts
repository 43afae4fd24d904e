/** Messages that no exchange should send, and what becomes of them. */
import { describe, expect, it } from "vitest";
import { createRig, START, subscription } from "./market-rig.ts";

const FIRST = START - 30_000;

describe("messages of Binance that are no use", () => {
  const trade = (fields: object): object => ({
    e: "aggTrade",
    E: START,
    s: "BTCUSDT",
    a: 5001,
    p: "100",
    q: "1",
    f: 1,
    l: 1,
    T: START,
    m: true,
    ...fields,
  });
  const quote = (fields: object): object => ({ u: 1, s: "BTCUSDT", b: "100", B: "1", a: "101", A: "1", ...fields });

  it.each([
    ["a price of zero", "aggTrade", trade({ p: "0" })],
    ["a price below zero", "aggTrade", trade({ p: "-5" })],
    ["a price that is no number", "aggTrade", trade({ p: "NaN" })],
    ["a price beyond belief", "aggTrade", trade({ p: "100000000000000" })],
    ["a missing field", "aggTrade", trade({ p: undefined })],
    ["another symbol", "aggTrade", trade({ s: "ETHUSDT" })],
    ["a list for an object", "aggTrade", [trade({})]],
    ["null", "aggTrade", null],
    ["a crossed quote", "bookTicker", quote({ b: "102" })],
    ["a quote beyond belief", "bookTicker", quote({ b: "0.0000001" })],
    ["a text for a quote", "bookTicker", "quote"],
    ["a bar that contradicts itself", "kline_1m", kline({ h: "1" })],
    ["a bar beyond belief", "kline_1m", kline({ h: "100000000000000", x: true })],
  ])("F69: are counted and go no further: %s", async (_, stream, payload) => {
    const { exchange, source, recorder, live } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await live(2_000);
    expect(recorder.isUp).toBe(true);
    const quotes = recorder.quotes.length;
    exchange.tell(stream, payload);
    expect(recorder.isUp).toBe(false);
    expect(source.counts.refused).toBe(1);
    expect([recorder.trades.length, recorder.bars.length, recorder.quotes.length - quotes]).toEqual([0, 0, 0]);
    exchange.kline("1m", FIRST, false);
    await live(3_000);
    exchange.trade("100");
    expect(recorder.trades).toEqual(["5001"]);
    expect(recorder.isUp).toBe(true);
  });

  it("F70: are counted when nobody has asked for them", async () => {
    const { exchange, source, recorder, live } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await live(1_000);
    for (const frame of ["", "{", "[]", "null", '{"stream":"x@y","data":{}}', '{"e":"newThing"}', "\u{1F680}"]) exchange.tellAll(frame);
    exchange.tellAll('{"result":null,"id":1}');
    exchange.tellAll('{"code":2,"msg":"Invalid request"}');
    expect(source.counts.unknown).toBe(7);
    expect(recorder.isUp).toBe(true);
  });

  it("F70: take fields that are new, and a tick that is not the last one's neighbour", async () => {
    const { exchange, source, recorder, live } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await live(1_000);
    exchange.tell("aggTrade", trade({ zz: { new: [1] }, p: "150", a: 5001 }));
    expect(recorder.trades).toEqual(["5001"]);
  });

  it("do not hide the truth when the first message of all was wrong", async () => {
    const { exchange, source, recorder, live } = createRig();
    source.subscribe([subscription(exchange)], recorder);
    await live(1);
    await live(500);
    exchange.tell("bookTicker", quote({ b: "1000000000", a: "1000000001" }));
    await live(3_000);
    expect(recorder.isUp).toBe(true);
    expect(recorder.quotes.at(-1)).toMatch(/100\.1$/);
  });

  function kline(fields: object): object {
    const k = { t: FIRST, T: FIRST + 59_999, s: "BTCUSDT", i: "1m", o: "100", h: "101", l: "99", c: "100", v: "5", x: false, ...fields };
    return { e: "kline", E: START, s: "BTCUSDT", k };
  }
});
