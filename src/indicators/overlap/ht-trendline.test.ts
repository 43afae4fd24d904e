import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { htTrendline } from "./ht-trendline.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = htTrendline().over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(63);
  expect(value[63]).toBeCloseTo(103.42553625541125, 9);
  expect(value[111]).toBeCloseTo(102.46078571428572, 9);
  expect(value[159]).toBeCloseTo(101.30672916666666, 9);
});

test("a steady cycle is averaged out", () => {
  const line = htTrendline();
  for (let row = 0; row < 400; row += 1) line.next(100 + 10 * Math.sin((2 * Math.PI * row) / 20));
  expect(Math.abs(line.value - 100)).toBeLessThan(1.5);
});
