import { expect, test } from "vitest";
import { sampleBars, scaledPrices } from "../sample-bars.ts";
import { bbands } from "./bbands.ts";

const columns = sampleBars("walk", 160, 7);

test("it gives TA-Lib's numbers", () => {
  const { upper, middle, lower } = bbands(10, { up: 2.5, down: 1.5, average: "ema" }).over(columns);
  expect(upper.findIndex(Number.isFinite)).toBe(9);
  expect(upper[9]).toBeCloseTo(101.41614814002511, 9);
  expect(upper[84]).toBeCloseTo(104.1382593391408, 9);
  expect(upper[159]).toBeCloseTo(101.83377264306154, 9);
  expect(middle[9]).toBeCloseTo(100.06599999999999, 9);
  expect(middle[84]).toBeCloseTo(102.61043204189919, 9);
  expect(middle[159]).toBeCloseTo(101.19792183487928, 9);
  expect(lower[9]).toBeCloseTo(99.25591111598492, 9);
  expect(lower[84]).toBeCloseTo(101.69373566355422, 9);
  expect(lower[159]).toBeCloseTo(100.81641134996994, 9);
});

test("a price that stands still has bands without width", () => {
  const { upper, middle, lower } = bbands(5).over(sampleBars("flat", 20));
  expect([upper[19], middle[19], lower[19]]).toEqual([100, 100, 100]);
});

test("by TA-Lib's zero a cheap coin has no bands", () => {
  const { upper, middle } = bbands(20, { zero: "talib" }).over(scaledPrices(columns, 2 ** -24));
  expect(upper[159]).toBe(middle[159]);
});

test("a coin that costs a hundred-thousandth has bands in the same proportion", () => {
  const cheap = bbands(20).over(scaledPrices(columns, 2 ** -24));
  expect(cheap.upper[159]).toBe((bbands(20).over(columns).upper[159] as number) * 2 ** -24);
});
