import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { invertedHammer } from "./inverted-hammer.ts";

test("a small body under a long upper shadow below the body before is bullish", () => {
  expect(reading(invertedHammer(), "101 102 98 99", "97 101 96.8 98")).toBe(100);
});

test("without the gap it is none", () => {
  expect(reading(invertedHammer(), "101 102 98 99", "99 103 98.8 100")).toBe(0);
});

test("a lower shadow spoils it", () => {
  expect(reading(invertedHammer(), "101 102 98 99", "97 101 96 98")).toBe(0);
});
