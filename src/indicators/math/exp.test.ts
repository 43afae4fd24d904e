import { expect, test } from "vitest";
import { exp } from "./exp.ts";

function valueOf(number: number): number {
  const line = exp();
  line.next(number);
  return line.value;
}

test("it gives TA-Lib's numbers", () => {
  // Closes of ADAUSDT, Bybit, 4 hours from 2025-09-24, and TA-Lib's EXP of them.
  expect(valueOf(0.8001)).toBeCloseTo(2.2257634937133925, 14);
  expect(valueOf(0.8144)).toBeCloseTo(2.2578205735165944, 14);
  expect(valueOf(0.8191)).toBeCloseTo(2.2684573069552574, 14);
});

test("what no double can hold is NaN, not infinite", () => {
  expect(valueOf(0)).toBe(1);
  expect(valueOf(1000)).toBeNaN();
  expect(valueOf(-1000)).toBe(0);
});
