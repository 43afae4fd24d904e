import { expect, test } from "vitest";
import { sqrt } from "./sqrt.ts";

function valueOf(number: number): number {
  const line = sqrt();
  line.next(number);
  return line.value;
}

test("it gives TA-Lib's numbers", () => {
  // Closes of ADAUSDT, Bybit, 4 hours from 2025-09-24, and TA-Lib's SQRT of them.
  expect(valueOf(0.8001)).toBeCloseTo(0.8944830909525344, 14);
  expect(valueOf(0.8144)).toBeCloseTo(0.9024411338142783, 14);
  expect(valueOf(0.8191)).toBeCloseTo(0.9050414355155239, 14);
});

test("numbers below zero have no root", () => {
  expect(valueOf(9)).toBe(3);
  expect(valueOf(0)).toBe(0);
  expect(valueOf(-1)).toBeNaN();
});
