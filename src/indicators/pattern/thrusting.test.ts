import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { thrusting } from "./thrusting.ts";

test("a white candle from below the low into the lower half of a long black body is bearish", () => {
  expect(reading(thrusting(), "106 107 99 100", "97 103 96 102")).toBe(-100);
});

test("a close exactly at the middle still is", () => {
  expect(reading(thrusting(), "106 107 99 100", "97 104 96 103")).toBe(-100);
});

test("a close above the middle is a piercing, no thrust", () => {
  expect(reading(thrusting(), "106 107 99 100", "97 105 96 104")).toBe(0);
});

test("a close at the black close is an in-neck, no thrust", () => {
  expect(reading(thrusting(), "106 107 99 100", "97 101 96 100.1")).toBe(0);
});
