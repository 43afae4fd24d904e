import { expect, test } from "vitest";
import { tan } from "./tan.ts";

function valueOf(number: number): number {
  const line = tan();
  line.next(number);
  return line.value;
}

test("it gives TA-Lib's numbers", () => {
  // Closes of ADAUSDT, Bybit, 4 hours from 2025-09-24, and TA-Lib's TAN of them.
  expect(valueOf(0.8001)).toBeCloseTo(1.0298445938212077, 14);
  expect(valueOf(0.8144)).toBeCloseTo(1.0597533850413772, 14);
  expect(valueOf(0.8191)).toBeCloseTo(1.0697818721980734, 14);
});

test("zero is zero", () => {
  expect(valueOf(0)).toBe(0);
});
