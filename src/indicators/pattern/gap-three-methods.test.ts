import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { gapThreeMethods } from "./gap-three-methods.ts";

test("a black candle that fills the gap between two white ones is bullish", () => {
  expect(reading(gapThreeMethods(), "99 102 98 101", "103 106 102 105", "104 105 99 100")).toBe(100);
});

test("a white candle that fills the gap between two black ones is bearish", () => {
  expect(reading(gapThreeMethods(), "101 102 98 99", "97 98 94 95", "96 101 95 100")).toBe(-100);
});

test("a close beyond the first body is none", () => {
  expect(reading(gapThreeMethods(), "99 102 98 101", "103 106 102 105", "104 105 97 98")).toBe(0);
});

test("without a gap it is none", () => {
  expect(reading(gapThreeMethods(), "99 102 98 101", "100.5 106 100 105", "104 105 99 100")).toBe(0);
});
