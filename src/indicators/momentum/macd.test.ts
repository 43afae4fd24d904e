import { expect, test } from "vitest";
import { ema } from "../overlap/ema.ts";
import { sampleBars } from "../sample-bars.ts";
import { macd } from "./macd.ts";

const columns = sampleBars("walk", 200);

test("the lines are the difference of two averages, its average, and what lies between", () => {
  const { macd: line, signal, histogram } = macd().over(columns);
  const slow = ema(26).over(columns).value;
  expect(line[199]).toBeCloseTo((ema(12).over(columns).value[199] as number) - (slow[199] as number), 4);
  expect(histogram[199]).toBe((line[199] as number) - (signal[199] as number));
});

test("the periods may be given in either order", () => {
  expect(macd({ fast: 26, slow: 12 }).over(columns)).toEqual(macd().over(columns));
});

test("a line other than the first can be a source", () => {
  const smooth = ema(5).of(macd().line("histogram"));
  expect(smooth.warmup).toBe(38);
  expect(smooth.over(columns).value.findIndex(Number.isFinite)).toBe(37);
});
