import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { midpoint } from "./midpoint.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = midpoint(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(9);
  expect(value[9]).toBeCloseTo(100.175, 9);
  expect(value[84]).toBeCloseTo(102.61, 9);
  expect(value[159]).toBeCloseTo(101.265, 9);
});

test("an extreme counts until it leaves the window", () => {
  const line = midpoint(3);
  const values = [1, 9, 2, 3, 4, 5].map((value) => {
    line.next(value);
    return line.value;
  });
  expect(values).toEqual([NaN, NaN, 5, 5.5, 5.5, 4].map((value, row) => (row === 4 ? 3 : value)));
});
