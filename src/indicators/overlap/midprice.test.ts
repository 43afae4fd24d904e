import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { midprice } from "./midprice.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = midprice(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(9);
  expect(value[9]).toBeCloseTo(100.08500000000001, 9);
  expect(value[84]).toBeCloseTo(102.575, 9);
  expect(value[159]).toBeCloseTo(101.31, 9);
});

test("one bar wide it is the middle of the bar's range", () => {
  const { value } = midprice(2).over(sampleBars("ramp", 3));
  // The ramp's bars reach 0.05 beyond bodies that rise by 0.1 each.
  expect(value[1]).toBeCloseTo((99.95 + 100.25) / 2, 9);
});
