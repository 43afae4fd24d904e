import { expect, test } from "vitest";
import { cos } from "./cos.ts";

function valueOf(number: number): number {
  const line = cos();
  line.next(number);
  return line.value;
}

test("it gives TA-Lib's numbers", () => {
  // Closes of ADAUSDT, Bybit, 4 hours from 2025-09-24, and TA-Lib's COS of them.
  expect(valueOf(0.8001)).toBeCloseTo(0.6966349702546615, 14);
  expect(valueOf(0.8144)).toBeCloseTo(0.6863049053333918, 14);
  expect(valueOf(0.8191)).toBeCloseTo(0.6828789621459632, 14);
});

test("half a turn is −1", () => {
  expect(valueOf(0)).toBe(1);
  expect(valueOf(Math.PI)).toBe(-1);
});
