import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { volatilityStop } from "./volatility-stop.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const line = volatilityStop().over(quotes).value;
  expect(line[60]).toBeCloseTo(226.8721185377259, 9);
  expect(line[100]).toBeCloseTo(225.16800745482846, 9);
  expect(line[149]).toBeCloseTo(232.89350982968324, 9);
});

test("a close beyond the stop turns the position", () => {
  const line = volatilityStop(2, { multiplier: 1 });
  const directions = [10, 11, 12, 13, 14, 8, 7, 6].map((price) => {
    line.update({ openTime: 0, open: price, high: price + 0.5, low: price - 0.5, close: price, volume: 1 });
    return line.direction;
  });
  expect(directions).toEqual([NaN, NaN, NaN, 1, 1, -1, -1, -1]);
});
