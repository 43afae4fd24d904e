import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { mom } from "./mom.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = mom(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(10);
  expect(value[10]).toBeCloseTo(1.6499999999999915, 9);
  expect(value[85]).toBeCloseTo(-1.039999999999992, 9);
  expect(value[159]).toBeCloseTo(-0.0799999999999983, 9);
});

test("from 50 to 60 it is 10", () => {
  const line = mom(2);
  for (const value of [50, 55, 60]) line.next(value);
  expect(line.value).toBeCloseTo(10, 12);
});
