import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { hammer } from "./hammer.ts";

test("a small body over a long lower shadow at the low before is bullish", () => {
  expect(reading(hammer(), "101 102 98 99", "98 98.7 95 98.5")).toBe(100);
});

test("its colour does not matter", () => {
  expect(reading(hammer(), "101 102 98 99", "98.5 98.7 95 98")).toBe(100);
});

test("well above the low before it is none", () => {
  expect(reading(hammer(), "101 102 98 99", "101 101.7 97 101.5")).toBe(0);
});

test("an upper shadow spoils it", () => {
  expect(reading(hammer(), "101 102 98 99", "98 99.5 95 98.5")).toBe(0);
});

test("near can be made narrower", () => {
  expect(reading(hammer({ near: { factor: 0 } }), "101 102 98 99", "98.5 99.2 95 99")).toBe(0);
});
