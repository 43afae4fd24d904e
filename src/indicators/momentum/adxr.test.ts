import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { adx } from "./adx.ts";
import { adxr } from "./adxr.ts";

const columns = sampleBars("walk", 160, 7);

test("it gives TA-Lib's numbers", () => {
  const { value } = adxr(10).over(columns);
  expect(value.findIndex(Number.isFinite)).toBe(28);
  expect(value[28]).toBeCloseTo(41.71895672775431, 9);
  expect(value[94]).toBeCloseTo(21.859956577363405, 9);
  expect(value[159]).toBeCloseTo(32.043263420497624, 9);
});

test("it is the mean of the index now and some bars ago", () => {
  const index = adx(10).over(columns).value;
  expect(adxr(10).over(columns).value[159]).toBe(((index[159] as number) + (index[150] as number)) / 2);
});
