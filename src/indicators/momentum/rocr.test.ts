import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { rocr } from "./rocr.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = rocr(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(10);
  expect(value[10]).toBeCloseTo(1.0165165165165164, 9);
  expect(value[85]).toBeCloseTo(0.9899156404537962, 9);
  expect(value[159]).toBeCloseTo(0.9992089389894195, 9);
});

test("from 50 to 60 it is 1.2", () => {
  const line = rocr(2);
  for (const value of [50, 55, 60]) line.next(value);
  expect(line.value).toBeCloseTo(1.2, 12);
});

test("against zero it is 0, never infinite", () => {
  const line = rocr(1);
  for (const value of [0, 5]) line.next(value);
  expect(line.value).toBe(0);
});
