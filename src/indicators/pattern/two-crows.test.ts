import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { twoCrows } from "./two-crows.ts";

test("two black candles above a long white one, the second closing inside it, are bearish", () => {
  expect(reading(twoCrows(), "100 107 99 106", "109 110 106.5 107", "108 109 102 103")).toBe(-100);
});

test("a second candle without a gap is no crow", () => {
  expect(reading(twoCrows(), "100 107 99 106", "108 109 104 105", "107 108 102 103")).toBe(0);
});

test("a third candle that stays above the white body is no crow", () => {
  expect(reading(twoCrows(), "100 107 99 106", "109 110 106.5 107", "108 109 106 106.5")).toBe(0);
});

test("a white third candle is no crow", () => {
  expect(reading(twoCrows(), "100 107 99 106", "109 110 106.5 107", "103 109 102 108")).toBe(0);
});
