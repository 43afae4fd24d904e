import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { longLeggedDoji } from "./long-legged-doji.ts";

test("a doji with a long lower shadow is long-legged", () => {
  expect(reading(longLeggedDoji(), "100 100 96 100.2")).toBe(100);
});

test("a doji with a long upper shadow is long-legged", () => {
  expect(reading(longLeggedDoji(), "100 104 100 100.2")).toBe(100);
});

test("a doji whose shadows are no longer than its body is not", () => {
  expect(reading(longLeggedDoji(), "100 100.5 99.8 100.3")).toBe(0);
});

test("a larger body is no doji", () => {
  expect(reading(longLeggedDoji(), "100 104 96 101")).toBe(0);
});
