import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { rocr100 } from "./rocr100.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = rocr100(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(10);
  expect(value[10]).toBeCloseTo(101.65165165165165, 9);
  expect(value[85]).toBeCloseTo(98.99156404537962, 9);
  expect(value[159]).toBeCloseTo(99.92089389894196, 9);
});

test("from 50 to 60 it is 120", () => {
  const line = rocr100(2);
  for (const value of [50, 55, 60]) line.next(value);
  expect(line.value).toBeCloseTo(120, 12);
});

test("against zero it is 0, never infinite", () => {
  const line = rocr100(1);
  for (const value of [0, 5]) line.next(value);
  expect(line.value).toBe(0);
});
