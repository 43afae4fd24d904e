import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { rsi } from "./rsi.ts";
import { stochRsi } from "./stochrsi.ts";

const columns = sampleBars("walk", 160, 7);

test("it gives TA-Lib's numbers", () => {
  const { k, d } = stochRsi(9, { fastK: 6, fastD: 4, fastDAverage: "ema" }).over(columns);
  expect(k.findIndex(Number.isFinite)).toBe(17);
  expect(k[17]).toBeCloseTo(74.59742212504995, 9);
  expect(k[88]).toBeCloseTo(100, 9);
  expect(k[159]).toBeCloseTo(44.61827924998506, 9);
  expect(d[17]).toBeCloseTo(33.5122351046447, 9);
  expect(d[88]).toBeCloseTo(78.07669979060651, 9);
  expect(d[159]).toBeCloseTo(39.00742816537348, 9);
});

test("it is the stochastic of the index", () => {
  const index = rsi(14).over(columns).value.slice(20);
  const window = index.slice(-5);
  const expected = (100 * ((window[4] as number) - Math.min(...window))) / (Math.max(...window) - Math.min(...window));
  expect(stochRsi().over(columns).k[159]).toBeCloseTo(expected, 9);
});
