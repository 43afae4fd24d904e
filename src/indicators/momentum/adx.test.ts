import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { adx } from "./adx.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = adx(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(19);
  expect(value[19]).toBeCloseTo(41.36888070492125, 9);
  expect(value[89]).toBeCloseTo(23.325697032880647, 9);
  expect(value[159]).toBeCloseTo(33.40073054055664, 9);
});

test("a steady trend is at 100, a market that does not move at 0", () => {
  expect(adx(5).over(sampleBars("ramp", 100)).value[99]).toBeCloseTo(100, 9);
  expect(adx(5).over(sampleBars("flat", 100)).value[99]).toBe(0);
});
