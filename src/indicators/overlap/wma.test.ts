import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { wma } from "./wma.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = wma(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(9);
  expect(value[9]).toBeCloseTo(100.31309090909092, 9);
  expect(value[84]).toBeCloseTo(102.55727272727299, 9);
  expect(value[159]).toBeCloseTo(101.18709090909229, 9);
});

test("the newest number weighs most", () => {
  const line = wma(3);
  for (const value of [10, 20, 60]) line.next(value);
  expect(line.value).toBe((10 + 2 * 20 + 3 * 60) / 6);
});
