import { expect, test } from "vitest";
import { waveTrend } from "./wave-trend.ts";

test("it follows its formula", () => {
  const line = waveTrend(2, { average: 1, signal: 1 });
  for (const price of [10, 12, 14]) line.update({ openTime: 0, open: price, high: price, low: price, close: price, volume: 1 });
  // Averages 11 and 13, distances 1 and 1 with average 1: 1 / 0.015.
  expect(line.value).toBeCloseTo(1 / 0.015, 10);
  expect(line.signal).toBe(line.value);
});

test("a price that stands still is at 0", () => {
  const line = waveTrend();
  for (let row = 0; row < 100; row += 1) line.update({ openTime: 0, open: 0.1, high: 0.1, low: 0.1, close: 0.1, volume: 1 });
  expect(line.value).toBe(0);
});
