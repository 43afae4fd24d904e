import { expect, test } from "vitest";
import { floor } from "./floor.ts";

function valueOf(number: number): number {
  const line = floor();
  line.next(number);
  return line.value;
}

test("it gives TA-Lib's numbers", () => {
  // Closes of ADAUSDT, Bybit, 4 hours from 2025-09-24, and TA-Lib's FLOOR of them.
  expect(valueOf(0.8001)).toBe(0);
  expect(valueOf(0.8144)).toBe(0);
  expect(valueOf(0.8191)).toBe(0);
});

test("whole numbers stay and others go down", () => {
  expect(valueOf(3)).toBe(3);
  expect(valueOf(3.99)).toBe(3);
  expect(valueOf(-3.5)).toBe(-4);
});
