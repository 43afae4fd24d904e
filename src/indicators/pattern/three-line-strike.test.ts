import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { threeLineStrike } from "./three-line-strike.ts";

test("a black candle that undoes three white ones is bullish", () => {
  expect(reading(threeLineStrike(), "99 102 98 101", "100 104 99 103", "102 106 101 105", "106 107 97 98")).toBe(100);
});

test("a white candle that undoes three black ones is bearish", () => {
  expect(reading(threeLineStrike(), "101 102 98 99", "100 101 96 97", "98 99 94 95", "94 103 93 102")).toBe(-100);
});

test("a strike that does not reach the first open is none", () => {
  expect(reading(threeLineStrike(), "99 102 98 101", "100 104 99 103", "102 106 101 105", "106 107 99 100")).toBe(0);
});

test("an open far from the body before is none", () => {
  expect(reading(threeLineStrike(), "99 102 98 101", "103 105 102 104", "104 106 103 105", "106 107 97 98")).toBe(0);
});
