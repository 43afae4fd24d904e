import { expect, test } from "vitest";
import { tradeImbalance } from "./trade-imbalance.ts";

const trade = (time: number, quantity: number, takerSide: "buy" | "sell") => ({ id: "1", time, price: 100, quantity, takerSide });

test("it is the share by which one side won the last trades", () => {
  const line = tradeImbalance(3);
  const values = [trade(0, 9, "sell"), trade(1, 3, "buy"), trade(2, 1, "sell"), trade(3, 2, "buy")].map((next) => {
    line.updateTrade(next);
    return line.value;
  });
  expect(values).toEqual([NaN, NaN, -7 / 13, 4 / 6]);
});

test("nothing traded is balanced", () => {
  const line = tradeImbalance(1);
  line.updateTrade(trade(0, 0, "buy"));
  expect(line.value).toBe(0);
});
