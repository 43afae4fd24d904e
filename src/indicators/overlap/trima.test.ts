import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { trima } from "./trima.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = trima(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(9);
  expect(value[9]).toBeCloseTo(99.98666666666666, 9);
  expect(value[84]).toBeCloseTo(102.95099999999954, 9);
  expect(value[159]).toBeCloseTo(101.27466666666558, 9);
});

test("weights rise to the middle and fall again", () => {
  const values = (period: number): number => {
    const line = trima(period);
    for (let value = 1; value <= period; value += 1) line.next(value ** 2);
    return line.value;
  };
  expect(values(4)).toBeCloseTo((1 + 2 * 4 + 2 * 9 + 16) / 6, 12);
  expect(values(5)).toBeCloseTo((1 + 2 * 4 + 3 * 9 + 2 * 16 + 25) / 9, 12);
});
