import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { supertrend } from "./supertrend.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const line = supertrend(10).over(quotes).value;
  expect(line[10]).toBeCloseTo(210.059, 9);
  expect(line[60]).toBeCloseTo(225.804021558303, 9);
  expect(line[100]).toBeCloseTo(225.365318869875, 9);
  expect(line[149]).toBeCloseTo(233.046306276649, 9);
});

test("a close beyond the band turns the direction", () => {
  const line = supertrend(2, { multiplier: 1 });
  const directions = [10, 11, 12, 13, 9, 8, 12].map((price) => {
    line.update({ openTime: 0, open: price, high: price + 0.5, low: price - 0.5, close: price, volume: 1 });
    return line.direction;
  });
  expect(directions).toEqual([NaN, NaN, 1, 1, -1, -1, 1]);
});
