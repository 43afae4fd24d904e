import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { gapSideBySideWhite } from "./gap-side-by-side-white.ts";

test("two like white candles above a gap are bullish", () => {
  expect(reading(gapSideBySideWhite(), "99 102 98 101", "102 105 101.5 104", "102.1 105 101.5 104.2")).toBe(100);
});

test("two like white candles below a gap are bearish", () => {
  expect(reading(gapSideBySideWhite(), "101 102 98 99", "96 99 95 98", "96.1 99 95 98.2")).toBe(-100);
});

test("another open is none", () => {
  expect(reading(gapSideBySideWhite(), "99 102 98 101", "102 105 101.5 104", "103 106 102 105")).toBe(0);
});

test("another size is none", () => {
  expect(reading(gapSideBySideWhite(), "99 102 98 101", "102 105 101.5 104", "102 108 101.5 107")).toBe(0);
});

test("a black candle is none", () => {
  expect(reading(gapSideBySideWhite(), "99 102 98 101", "102 105 101.5 104", "104 105 101.5 102")).toBe(0);
});
