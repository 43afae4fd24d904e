import { expect, test } from "vitest";
import type { Bar } from "../../domain/bar.ts";
import { sampleBars } from "../sample-bars.ts";
import { minusDi } from "./minus-di.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = minusDi(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(10);
  expect(value[10]).toBeCloseTo(12.554744525547376, 9);
  expect(value[85]).toBeCloseTo(24.539578466323935, 9);
  expect(value[159]).toBeCloseTo(18.856997194803277, 9);
});

test("with a period of one it is the bar's own ratio", () => {
  const line = minusDi(1);
  line.update(bar(10, 8, 9));
  line.update(bar(9, 5, 6));
  // A fall of 3 and a true range of 4.
  expect(line.value).toBe(3 / 4);
});

const bar = (high: number, low: number, close: number): Bar => ({ openTime: 0, open: close, high, low, close, volume: 1 });
