import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { shootingStar } from "./shooting-star.ts";

test("a small body under a long upper shadow above the body before is bearish", () => {
  expect(reading(shootingStar(), "99 102 98 101", "102 106 101.8 103")).toBe(-100);
});

test("without the gap it is none", () => {
  expect(reading(shootingStar(), "99 102 98 101", "101 105 100.8 102")).toBe(0);
});

test("a lower shadow spoils it", () => {
  expect(reading(shootingStar(), "99 102 98 101", "102 106 101 103")).toBe(0);
});
