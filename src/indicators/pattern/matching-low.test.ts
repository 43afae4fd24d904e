import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { matchingLow } from "./matching-low.ts";

test("two black candles with one close are bullish", () => {
  expect(reading(matchingLow(), "104 105 99 100", "102 103 99 100.1")).toBe(100);
});

test("closes apart are none", () => {
  expect(reading(matchingLow(), "104 105 99 100", "102 103 98 99")).toBe(0);
});

test("a white candle is none", () => {
  expect(reading(matchingLow(), "104 105 99 100", "98 101 97 100")).toBe(0);
});
