import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { kickingByLength } from "./kicking-by-length.ts";

test("a longer white marubozu above a black one is bullish", () => {
  expect(reading(kickingByLength(), "104 104 100 100", "106 111 106 111")).toBe(100);
});

test("a shorter white marubozu above a black one is bearish", () => {
  expect(reading(kickingByLength(), "105 105 100 100", "106 110 106 110")).toBe(-100);
});

test("a longer black marubozu below a white one is bearish", () => {
  expect(reading(kickingByLength(), "100 104 100 104", "98 98 93 93")).toBe(-100);
});

test("a shorter black marubozu below a white one is bullish", () => {
  expect(reading(kickingByLength(), "100 105 100 105", "98 98 94 94")).toBe(100);
});

test("a shadow spoils it", () => {
  expect(reading(kickingByLength(), "104 104 100 100", "106 112 106 111")).toBe(0);
});
