import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { mavp } from "./mavp.ts";
import { sma } from "./sma.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = mavp({ min: 3, max: 12, average: "ema" }).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(11);
  expect(value[11]).toBeCloseTo(100.35083333333331, 9);
  expect(value[85]).toBeCloseTo(102.60513874059117, 9);
  expect(value[159]).toBeCloseTo(101.2144177655495, 9);
});

test("the second source says the period, within the limits", () => {
  const fixed = mavp({ min: 2, max: 9 }).of("close", () => 5.9);
  const low = mavp({ min: 2, max: 9 }).of("close", () => -1);
  const columns = sampleBars("walk", 40);
  expect(fixed.over(columns).value[39]).toBeCloseTo(sma(5).over(columns).value[39] as number, 12);
  expect(low.over(columns).value[39]).toBeCloseTo(sma(2).over(columns).value[39] as number, 12);
});

test("a shortest period above the longest is refused", () => {
  expect(() => mavp({ min: 9, max: 3 })).toThrow("mavp: min is not above max, got 9 and 3");
});
