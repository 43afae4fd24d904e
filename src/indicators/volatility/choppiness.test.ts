import { expect, test } from "vitest";
import { exampleBars } from "../example-bars.ts";
import { choppiness } from "./choppiness.ts";

test("true extremes give Skender's number", () => {
  const { value } = choppiness(14, { extremes: "true" }).over(exampleBars);
  expect(value[13]).toBeNaN();
  expect(value[14]).toBeCloseTo(69.9967, 4);
});

test("bars of one size that climb without overlap end near 0, the same bar again and again at 100", () => {
  const climbing = choppiness(10);
  const still = choppiness(10);
  for (let row = 0; row < 30; row += 1) {
    climbing.update({ openTime: row, open: row, high: row + 1, low: row, close: row + 1, volume: 1 });
    still.update({ openTime: row, open: 1, high: 2, low: 1, close: 1.5, volume: 1 });
  }
  expect(climbing.value).toBeCloseTo(0, 10);
  expect(still.value).toBeCloseTo(100, 10);
});

test("a market that stands still is at 100", () => {
  const line = choppiness(3);
  for (let row = 0; row < 6; row += 1) line.update({ openTime: row, open: 1, high: 1, low: 1, close: 1, volume: 1 });
  expect(line.value).toBe(100);
});
