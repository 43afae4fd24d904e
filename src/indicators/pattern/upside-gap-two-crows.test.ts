import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { upsideGapTwoCrows } from "./upside-gap-two-crows.ts";

test("two black candles above the gap, the second around the first, are bearish", () => {
  expect(reading(upsideGapTwoCrows(), "100 107 99 106", "110 111 108 109", "111 112 107 108")).toBe(-100);
});

test("a third candle that closes the gap is none", () => {
  expect(reading(upsideGapTwoCrows(), "100 107 99 106", "110 111 108 109", "111 112 104 105")).toBe(0);
});

test("a third body that does not engulf the second is none", () => {
  expect(reading(upsideGapTwoCrows(), "100 107 99 106", "110 111 108 109", "109.5 110 107 108")).toBe(0);
});
