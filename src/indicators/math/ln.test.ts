import { expect, test } from "vitest";
import { ln } from "./ln.ts";

function valueOf(number: number): number {
  const line = ln();
  line.next(number);
  return line.value;
}

test("it gives TA-Lib's numbers", () => {
  // Closes of ADAUSDT, Bybit, 4 hours from 2025-09-24, and TA-Lib's LN of them.
  expect(valueOf(0.8001)).toBeCloseTo(-0.22301855912605872, 14);
  expect(valueOf(0.8144)).toBeCloseTo(-0.20530363318587874, 14);
  expect(valueOf(0.8191)).toBeCloseTo(-0.19954910246058064, 14);
});

test("zero and what is below it have no logarithm", () => {
  expect(valueOf(1)).toBe(0);
  expect(valueOf(0)).toBeNaN();
  expect(valueOf(-1)).toBeNaN();
});
