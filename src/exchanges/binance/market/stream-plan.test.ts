import { describe, expect, it } from "vitest";
import { endpointsOf } from "../endpoints.ts";
import { planConnections, wishesOf } from "./stream-plan.ts";

const wish = { trades: false, book: false, funding: false, timeframe: "1m" } as const;

describe("the plan of Binance's streams", () => {
  it("takes all wishes about a symbol together", () => {
    const wishes = wishesOf([
      { ...wish, symbol: "A" },
      { ...wish, symbol: "A", timeframe: "1h", trades: true },
      { ...wish, symbol: "A", book: true },
      { ...wish, symbol: "B", funding: true },
    ]);
    expect([...wishes]).toEqual([
      ["A", { timeframes: ["1m", "1h"], trades: true, book: true, funding: false }],
      ["B", { timeframes: ["1m"], trades: false, book: false, funding: true }],
    ]);
  });

  it("keeps a connection to 200 streams and a symbol to one connection", () => {
    const symbols = Array.from({ length: 130 }, (_, index) => `S${index}USDT`);
    const wishes = wishesOf(symbols.map((symbol) => ({ ...wish, symbol, trades: true })));
    const plan = planConnections(wishes, endpointsOf({ market: "spot" }));
    expect(plan.map(({ streams }) => streams.length)).toEqual([198, 192]);
    expect(plan.flatMap(({ streams }) => [...new Set(streams.map(({ symbol }) => symbol))])).toEqual(symbols);
    expect(plan[0]?.url).toMatch(
      /^wss:\/\/stream\.binance\.com:9443\/stream\?streams=s0usdt@kline_1m\/s0usdt@aggTrade\/s0usdt@bookTicker\/s1usdt@/,
    );
  });
});
