import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { stochF } from "./stochf.ts";

test("it gives TA-Lib's numbers", () => {
  const { k, d } = stochF({ fastK: 9, fastD: 4, fastDAverage: "wma" }).over(sampleBars("walk", 160, 7));
  expect(k.findIndex(Number.isFinite)).toBe(11);
  expect(k[11]).toBeCloseTo(90.0000000000001, 9);
  expect(k[85]).toBeCloseTo(29.875518672199167, 9);
  expect(k[159]).toBeCloseTo(39.843749999999694, 9);
  expect(d[11]).toBeCloseTo(89.09827468267842, 9);
  expect(d[85]).toBeCloseTo(20.790299283928952, 9);
  expect(d[159]).toBeCloseTo(29.975319136245297, 9);
});

test("a market without range is at 0", () => {
  const { k, d } = stochF().over(sampleBars("flat", 20));
  expect([k[19], d[19]]).toEqual([0, 0]);
});
