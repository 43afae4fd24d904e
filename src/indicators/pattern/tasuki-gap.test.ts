import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { tasukiGap } from "./tasuki-gap.ts";

test("a black candle into a gap below a white one is bullish", () => {
  expect(reading(tasukiGap(), "99 102 98 101", "104 107 103 106", "105 106 102 103")).toBe(100);
});

test("a white candle into a gap above a black one is bearish", () => {
  expect(reading(tasukiGap(), "101 102 98 99", "96 97 93 94", "95 98 94 97")).toBe(-100);
});

test("a gap that is filled is none", () => {
  expect(reading(tasukiGap(), "99 102 98 101", "104 107 103 106", "105 106 99 100")).toBe(0);
});

test("another size is none", () => {
  expect(reading(tasukiGap(), "99 102 98 101", "104 110 103 109", "105 106 102 103")).toBe(0);
});
