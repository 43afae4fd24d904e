import { expect, test } from "vitest";
import { cosh } from "./cosh.ts";

function valueOf(number: number): number {
  const line = cosh();
  line.next(number);
  return line.value;
}

test("it gives TA-Lib's numbers", () => {
  // Closes of ADAUSDT, Bybit, 4 hours from 2025-09-24, and TA-Lib's COSH of them.
  expect(valueOf(0.8001)).toBeCloseTo(1.337523763590386, 14);
  expect(valueOf(0.8144)).toBeCloseTo(1.3503627820826893, 14);
  expect(valueOf(0.8191)).toBeCloseTo(1.3546427641893284, 14);
});

test("what no double can hold is NaN, not infinite", () => {
  expect(valueOf(0)).toBe(1);
  expect(valueOf(1000)).toBeNaN();
  expect(valueOf(-1000)).toBeNaN();
});
