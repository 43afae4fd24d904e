import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { anchoredVwap } from "./anchored-vwap.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const line = anchoredVwap().over(quotes).value;
  expect(line[0]).toBeCloseTo(212.5566666666667, 9);
  expect(line[60]).toBeCloseTo(219.7618469889359, 9);
  expect(line[149]).toBeCloseTo(224.72842815577627, 9);
});

test("bars before the anchor are not counted", () => {
  const { value } = anchoredVwap({ anchor: quotes.openTime[100] as number }).over(quotes);
  expect(value[99]).toBeNaN();
  expect(value[100]).toBeCloseTo(((quotes.high[100] as number) + (quotes.low[100] as number) + (quotes.close[100] as number)) / 3, 12);
});
