import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { closingMarubozu } from "./closing-marubozu.ts";

test("a long white candle that closes at its high is bullish", () => {
  expect(reading(closingMarubozu(), "100 105 99 105")).toBe(100);
});

test("a long black candle that closes at its low is bearish", () => {
  expect(reading(closingMarubozu(), "105 106 100 100")).toBe(-100);
});

test("a shadow where the candle closed spoils it", () => {
  expect(reading(closingMarubozu(), "100 106 99 105")).toBe(0);
});

test("a short body is no closing marubozu", () => {
  expect(reading(closingMarubozu(), "100 101 99 101")).toBe(0);
});
