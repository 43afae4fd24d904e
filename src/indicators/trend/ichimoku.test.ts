import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { ichimoku } from "./ichimoku.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const { conversion, base, spanA, spanB } = ichimoku().over(quotes);
  expect(conversion[100]).toBeCloseTo(226.545, 9);
  expect(conversion[149]).toBeCloseTo(235.365, 9);
  expect(base[100]).toBeCloseTo(225.93, 9);
  expect(base[149]).toBeCloseTo(232.815, 9);
  expect(spanA[100]).toBeCloseTo(222.695, 9);
  expect(spanA[149]).toBeCloseTo(230.79, 9);
  expect(spanB[100]).toBeCloseTo(221.37, 9);
  expect(spanB[149]).toBeCloseTo(227.255, 9);
});

test("the cloud ahead becomes the cloud at the bar after the displacement, and the past is the close back then", () => {
  const { leadA, leadB, spanA, spanB, past } = ichimoku().over(quotes);
  expect(spanA[140]).toBe(leadA[114]);
  expect(spanB[140]).toBe(leadB[114]);
  expect(past[140]).toBe(quotes.close[114]);
});
