import { expect, test } from "vitest";
import { internalBarStrength } from "./internal-bar-strength.ts";

const at = (high: number, low: number, close: number): number => {
  const line = internalBarStrength();
  line.update({ openTime: 0, open: close, high, low, close, volume: 1 });
  return line.value;
};

test("it gives the numbers of LEAN", () => {
  expect(at(151.89, 150.49, 151.89)).toBe(1);
  expect(at(152.86, 149, 149)).toBe(0);
  expect(at(210.32, 209.1, 210.11)).toBeCloseTo(0.827868852459033, 9);
});

test("a bar without range closes in the middle", () => {
  expect(at(10, 10, 10)).toBe(0.5);
});
