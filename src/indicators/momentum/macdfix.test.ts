import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { macd } from "./macd.ts";
import { macdFix } from "./macdfix.ts";

const columns = sampleBars("walk", 160, 7);

test("it gives TA-Lib's numbers", () => {
  const { macd, signal, histogram } = macdFix(5).over(columns);
  expect(macd.findIndex(Number.isFinite)).toBe(29);
  expect(macd[29]).toBeCloseTo(0.6627150406650628, 9);
  expect(macd[94]).toBeCloseTo(-0.055555670423373726, 9);
  expect(macd[159]).toBeCloseTo(-0.09707929238614099, 9);
  expect(signal[29]).toBeCloseTo(0.7728071603766097, 9);
  expect(signal[94]).toBeCloseTo(-0.11914621212054699, 9);
  expect(signal[159]).toBeCloseTo(-0.08176995642919783, 9);
  expect(histogram[29]).toBeCloseTo(-0.11009211971154687, 9);
  expect(histogram[94]).toBeCloseTo(0.06359054169717326, 9);
  expect(histogram[159]).toBeCloseTo(-0.015309335956943157, 9);
});

test("its weights are Appel's, not those of the periods", () => {
  const usual = macd({ signal: 5 }).over(columns).macd[159] as number;
  expect(macdFix(5).over(columns).macd[159]).not.toBe(usual);
  expect(macdFix(5).over(columns).macd[159]).toBeCloseTo(usual, 1);
});
