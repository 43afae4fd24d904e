import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { AVERAGES, ma } from "./ma.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = ma(10, "trima").over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(9);
  expect(value[9]).toBeCloseTo(99.98666666666666, 9);
  expect(value[84]).toBeCloseTo(102.95099999999954, 9);
  expect(value[159]).toBeCloseTo(101.27466666666558, 9);
});

test("a period of one gives the numbers themselves, whatever the kind", () => {
  for (const average of AVERAGES) {
    const line = ma(1, average);
    line.next(42.5);
    expect(line.value).toBe(42.5);
  }
});

test("a kind that does not exist is refused", () => {
  expect(() => ma(5, "hull" as "sma")).toThrow("ma: average is one of sma, ema");
});
