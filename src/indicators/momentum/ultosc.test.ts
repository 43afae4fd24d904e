import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { ultOsc } from "./ultosc.ts";

const columns = sampleBars("walk", 160, 7);

test("it gives TA-Lib's numbers", () => {
  const { value } = ultOsc({ short: 4, middle: 8, long: 16 }).over(columns);
  expect(value.findIndex(Number.isFinite)).toBe(16);
  expect(value[16]).toBeCloseTo(53.81761040805109, 9);
  expect(value[88]).toBeCloseTo(58.95616677726957, 9);
  expect(value[159]).toBeCloseTo(47.62204542191205, 9);
});

test("the order of the windows does not matter", () => {
  expect(ultOsc({ short: 16, middle: 4, long: 8 }).over(columns)).toEqual(ultOsc({ short: 4, middle: 8, long: 16 }).over(columns));
});

test("a market without range is at 0", () => {
  expect(ultOsc().over(sampleBars("flat", 60)).value[59]).toBe(0);
});
