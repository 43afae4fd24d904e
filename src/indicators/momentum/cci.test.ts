import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { cci } from "./cci.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = cci(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(9);
  expect(value[9]).toBeCloseTo(132.38845144356728, 9);
  expect(value[84]).toBeCloseTo(-147.45308310991936, 9);
  expect(value[159]).toBeCloseTo(-118.11594202898765, 9);
});

test("it counts mean deviations, with Lambert's 0.015", () => {
  const line = cci(3);
  for (const price of [1, 2, 6]) line.update({ openTime: 0, open: price, high: price, low: price, close: price, volume: 1 });
  // Mean 3, deviations 2, 1 and 3: (6 − 3) / (0.015 · 2).
  expect(line.value).toBeCloseTo(100, 9);
});
