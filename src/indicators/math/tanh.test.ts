import { expect, test } from "vitest";
import { tanh } from "./tanh.ts";

function valueOf(number: number): number {
  const line = tanh();
  line.next(number);
  return line.value;
}

test("it gives TA-Lib's numbers", () => {
  // Closes of ADAUSDT, Bybit, 4 hours from 2025-09-24, and TA-Lib's TANH of them.
  expect(valueOf(0.8001)).toBeCloseTo(0.6640926720723506, 14);
  expect(valueOf(0.8144)).toBeCloseTo(0.6720103689723412, 14);
  expect(valueOf(0.8191)).toBeCloseTo(0.6745797245761629, 14);
});

test("the largest numbers give 1", () => {
  expect(valueOf(1e6)).toBe(1);
  expect(valueOf(-1e6)).toBe(-1);
});
