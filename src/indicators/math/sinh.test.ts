import { expect, test } from "vitest";
import { sinh } from "./sinh.ts";

function valueOf(number: number): number {
  const line = sinh();
  line.next(number);
  return line.value;
}

test("it gives TA-Lib's numbers", () => {
  // Closes of ADAUSDT, Bybit, 4 hours from 2025-09-24, and TA-Lib's SINH of them.
  expect(valueOf(0.8001)).toBeCloseTo(0.8882397301230064, 14);
  expect(valueOf(0.8144)).toBeCloseTo(0.9074577914339053, 14);
  expect(valueOf(0.8191)).toBeCloseTo(0.9138145427659291, 14);
});

test("what no double can hold is NaN, not infinite", () => {
  expect(valueOf(0)).toBe(0);
  expect(valueOf(1000)).toBeNaN();
  expect(valueOf(-1000)).toBeNaN();
});
