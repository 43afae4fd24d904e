import { expect, test } from "vitest";
import { sin } from "./sin.ts";

function valueOf(number: number): number {
  const line = sin();
  line.next(number);
  return line.value;
}

test("it gives TA-Lib's numbers", () => {
  // Closes of ADAUSDT, Bybit, 4 hours from 2025-09-24, and TA-Lib's SIN of them.
  expect(valueOf(0.8001)).toBeCloseTo(0.7174257579835609, 14);
  expect(valueOf(0.8144)).toBeCloseTo(0.7273139465975639, 14);
  expect(valueOf(0.8191)).toBeCloseTo(0.7305315346091859, 14);
});

test("a quarter turn is 1", () => {
  expect(valueOf(0)).toBe(0);
  expect(valueOf(Math.PI / 2)).toBe(1);
});
