import { expect, test } from "vitest";
import { ceil } from "./ceil.ts";

function valueOf(number: number): number {
  const line = ceil();
  line.next(number);
  return line.value;
}

test("it gives TA-Lib's numbers", () => {
  // Closes of ADAUSDT, Bybit, 4 hours from 2025-09-24, and TA-Lib's CEIL of them.
  expect(valueOf(0.8001)).toBe(1);
  expect(valueOf(0.8144)).toBe(1);
  expect(valueOf(0.8191)).toBe(1);
});

test("whole numbers stay and others go up", () => {
  expect(valueOf(3)).toBe(3);
  expect(valueOf(3.01)).toBe(4);
  expect(valueOf(-3.5)).toBe(-3);
});
