import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { macd } from "./macd.ts";
import { macdExt } from "./macdext.ts";

const columns = sampleBars("walk", 160, 7);

test("it gives TA-Lib's numbers", () => {
  const { macd, signal, histogram } = macdExt({
    fast: 4,
    fastAverage: "wma",
    slow: 9,
    slowAverage: "kama",
    signal: 3,
    signalAverage: "dema",
  }).over(columns);
  expect(macd.findIndex(Number.isFinite)).toBe(13);
  expect(macd[13]).toBeCloseTo(0.15450210464547354, 9);
  expect(macd[86]).toBeCloseTo(-0.6455351008819861, 9);
  expect(macd[159]).toBeCloseTo(-0.49353093479143695, 9);
  expect(signal[13]).toBeCloseTo(0.15253080216700274, 9);
  expect(signal[86]).toBeCloseTo(-0.6939226425546741, 9);
  expect(signal[159]).toBeCloseTo(-0.49005214136555664, 9);
  expect(histogram[13]).toBeCloseTo(0.001971302478470799, 9);
  expect(histogram[86]).toBeCloseTo(0.048387541672687995, 9);
  expect(histogram[159]).toBeCloseTo(-0.003478793425880311, 9);
});

test("with exponential averages it is the usual indicator", () => {
  const averages = { fastAverage: "ema", slowAverage: "ema", signalAverage: "ema" } as const;
  expect(macdExt(averages).over(columns)).toEqual(macd().over(columns));
});
