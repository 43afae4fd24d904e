import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { stalledPattern } from "./stalled-pattern.ts";

test("a small white candle on the shoulder of two long ones is bearish", () => {
  expect(reading(stalledPattern(), "100 105 99 104", "103 108 102 108", "107.5 109.5 107 108.5")).toBe(-100);
});

test("a third candle that goes on is none", () => {
  expect(reading(stalledPattern(), "100 105 99 104", "103 108 102 108", "107 113 106 112")).toBe(0);
});

test("an upper shadow on the second candle spoils it", () => {
  expect(reading(stalledPattern(), "100 105 99 104", "103 110 102 108", "107.5 109.5 107 108.5")).toBe(0);
});
