import { expect, test } from "vitest";
import { acos } from "./acos.ts";

function valueOf(number: number): number {
  const line = acos();
  line.next(number);
  return line.value;
}

test("it gives TA-Lib's numbers", () => {
  // Closes of ADAUSDT, Bybit, 4 hours from 2025-09-24, and TA-Lib's ACOS of them.
  expect(valueOf(0.8001)).toBeCloseTo(0.6433344236032108, 14);
  expect(valueOf(0.8144)).toBeCloseTo(0.6191018242458597, 14);
  expect(valueOf(0.8191)).toBeCloseTo(0.6109559687687296, 14);
});

test("numbers beyond 1 have no arc cosine", () => {
  expect(valueOf(1)).toBe(0);
  expect(valueOf(1.5)).toBeNaN();
  expect(valueOf(-2)).toBeNaN();
});
