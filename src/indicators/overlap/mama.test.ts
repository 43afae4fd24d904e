import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { mama } from "./mama.ts";

test("it gives TA-Lib's numbers", () => {
  const { mama: quick, fama } = mama().over(sampleBars("walk", 160, 7));
  expect(quick.findIndex(Number.isFinite)).toBe(32);
  expect(quick[32]).toBeCloseTo(102.29190002543517, 9);
  expect(quick[96]).toBeCloseTo(102.55478057598502, 9);
  expect(quick[159]).toBeCloseTo(101.35570118807074, 9);
  expect(fama[32]).toBeCloseTo(97.34008617321611, 9);
  expect(fama[96]).toBeCloseTo(102.87980033259349, 9);
  expect(fama[159]).toBeCloseTo(101.41325022260571, 9);
});

test("the second line follows the first more slowly", () => {
  const line = mama();
  for (let row = 0; row < 100; row += 1) line.next(row < 60 ? 100 : 110);
  expect(line.mama).toBeGreaterThan(line.fama);
});
