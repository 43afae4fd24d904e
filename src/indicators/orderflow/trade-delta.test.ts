import { expect, test } from "vitest";
import { tradeDelta } from "./trade-delta.ts";

const trade = (time: number, quantity: number, takerSide: "buy" | "sell") => ({ id: "1", time, price: 100, quantity, takerSide });

test("it adds up the running bar and starts again with the next", () => {
  const line = tradeDelta({ timeframe: "1m" });
  const states = [trade(0, 3, "buy"), trade(59_999, 1, "sell"), trade(60_000, 2, "sell")].map((next) => {
    line.updateTrade(next);
    return [line.value, line.buys, line.sells, line.volume];
  });
  expect(states).toEqual([
    [3, 3, 0, 3],
    [2, 3, 1, 4],
    [-2, 0, 2, 2],
  ]);
});

test("a trade whose side is unknown counts as volume only", () => {
  const { value, volume } = tradeDelta().overTrades({
    length: 1,
    time: Float64Array.of(0),
    price: Float64Array.of(100),
    quantity: Float64Array.of(5),
    takerSide: Int8Array.of(0),
    id: [],
  });
  expect([value[0], volume[0]]).toEqual([0, 5]);
});

test("a timeframe that does not exist is refused", () => {
  expect(() => tradeDelta({ timeframe: "7m" as "1m" })).toThrow("timeframe");
});
