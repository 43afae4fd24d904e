import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { tsi } from "./tsi.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const { value, signal } = tsi().over(quotes);
  expect(value[43]).toBeCloseTo(46.0959694141034, 9);
  expect(value[60]).toBeCloseTo(8.848965290972687, 9);
  expect(value[149]).toBeCloseTo(29.09360938856303, 9);
  expect(signal[43]).toBeCloseTo(51.691637935583614, 9);
  expect(signal[60]).toBeCloseTo(12.552164261608993, 9);
  expect(signal[149]).toBeCloseTo(28.013401697118024, 9);
});
