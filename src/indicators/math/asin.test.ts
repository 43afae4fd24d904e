import { expect, test } from "vitest";
import { asin } from "./asin.ts";

function valueOf(number: number): number {
  const line = asin();
  line.next(number);
  return line.value;
}

test("it gives TA-Lib's numbers", () => {
  // Closes of ADAUSDT, Bybit, 4 hours from 2025-09-24, and TA-Lib's ASIN of them.
  expect(valueOf(0.8001)).toBeCloseTo(0.9274619031916859, 14);
  expect(valueOf(0.8144)).toBeCloseTo(0.9516945025490369, 14);
  expect(valueOf(0.8191)).toBeCloseTo(0.959840358026167, 14);
});

test("numbers beyond 1 have no arc sine", () => {
  expect(valueOf(0)).toBe(0);
  expect(valueOf(1.5)).toBeNaN();
  expect(valueOf(-2)).toBeNaN();
});
