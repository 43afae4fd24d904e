import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { sar } from "./sar.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = sar().over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(1);
  expect(value[1]).toBeCloseTo(100.37, 9);
  expect(value[80]).toBeCloseTo(102.502668, 9);
  expect(value[159]).toBeCloseTo(102.027728, 9);
});

test("it stays below a rising price and jumps above when the price falls through", () => {
  const bars = [10, 11, 12, 13, 14, 15, 8].map((low) => ({ openTime: 0, open: low, high: low + 1, low, close: low, volume: 1 }));
  const line = sar();
  const values = bars.map((bar) => {
    line.update(bar);
    return line.value;
  });
  expect(values.slice(1, 6).every((value, row) => value <= (bars[row + 1]?.low ?? 0))).toBe(true);
  expect(values[6]).toBe(16);
});
