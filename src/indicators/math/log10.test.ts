import { expect, test } from "vitest";
import { log10 } from "./log10.ts";

function valueOf(number: number): number {
  const line = log10();
  line.next(number);
  return line.value;
}

test("it gives TA-Lib's numbers", () => {
  // Closes of ADAUSDT, Bybit, 4 hours from 2025-09-24, and TA-Lib's LOG10 of them.
  expect(valueOf(0.8001)).toBeCloseTo(-0.0968557295904614, 14);
  expect(valueOf(0.8144)).toBeCloseTo(-0.08916223500731646, 14);
  expect(valueOf(0.8191)).toBeCloseTo(-0.08666307406737678, 14);
});

test("zero and what is below it have no logarithm", () => {
  expect(valueOf(100)).toBe(2);
  expect(valueOf(0)).toBeNaN();
  expect(valueOf(-1)).toBeNaN();
});
