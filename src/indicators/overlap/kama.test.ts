import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { kama } from "./kama.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = kama(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(10);
  expect(value[10]).toBeCloseTo(101.12089650799172, 9);
  expect(value[85]).toBeCloseTo(102.95805163682996, 9);
  expect(value[159]).toBeCloseTo(101.60378985169348, 9);
});

test("in a straight move it goes at its fastest", () => {
  const line = kama(4);
  for (const value of [1, 2, 3, 4, 5]) line.next(value);
  // The average starts at 4; efficiency 1 gives the weight (2/3)².
  expect(line.value).toBeCloseTo(4 + (5 - 4) * (2 / 3) ** 2, 12);
});

test("in pure noise it goes at its slowest", () => {
  const line = kama(4);
  for (const value of [1, 2, 1, 2, 1]) line.next(value);
  expect(line.value).toBeCloseTo(2 + (1 - 2) * (2 / 31) ** 2, 12);
});
