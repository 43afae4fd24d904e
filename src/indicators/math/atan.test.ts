import { expect, test } from "vitest";
import { atan } from "./atan.ts";

function valueOf(number: number): number {
  const line = atan();
  line.next(number);
  return line.value;
}

test("it gives TA-Lib's numbers", () => {
  // Closes of ADAUSDT, Bybit, 4 hours from 2025-09-24, and TA-Lib's ATAN of them.
  expect(valueOf(0.8001)).toBeCloseTo(0.6748019148589584, 14);
  expect(valueOf(0.8144)).toBeCloseTo(0.6834599617303737, 14);
  expect(valueOf(0.8191)).toBeCloseTo(0.6862792634622277, 14);
});

test("the largest numbers approach a right angle", () => {
  expect(valueOf(1e300)).toBe(Math.PI / 2);
  expect(valueOf(-1e300)).toBe(-Math.PI / 2);
});
