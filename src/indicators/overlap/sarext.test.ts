import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { sarExt } from "./sarext.ts";

const columns = sampleBars("walk", 160, 7);

test("it gives TA-Lib's numbers", () => {
  const { value } = sarExt({ startValue: -105, offsetOnReverse: 0.02, accelerationLong: 0.05, accelerationMaxLong: 0.3 }).over(columns);
  expect(value.findIndex(Number.isFinite)).toBe(1);
  expect(value[1]).toBeCloseTo(-105, 9);
  expect(value[80]).toBeCloseTo(100.97015128156, 9);
  expect(value[159]).toBeCloseTo(-103.45557356985329, 9);
});

test("the value is negative while the stop is short", () => {
  expect(sarExt({ startValue: -200 }).over(columns).value[1]).toBe(-200);
  expect(sarExt({ startValue: 50 }).over(columns).value[1]).toBe(50);
});
