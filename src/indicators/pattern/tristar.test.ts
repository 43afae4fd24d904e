import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { tristar } from "./tristar.ts";

test("a doji below two others is bullish", () => {
  expect(reading(tristar(), "100 101 99 100", "98 99 97 98", "99 100 98 99")).toBe(100);
});

test("a doji above two others is bearish", () => {
  expect(reading(tristar(), "100 101 99 100", "102 103 101 102", "101 102 100 101")).toBe(-100);
});

test("a third doji that goes on is none", () => {
  expect(reading(tristar(), "100 101 99 100", "102 103 101 102", "103 104 102 103")).toBe(0);
});

test("a larger body is none", () => {
  expect(reading(tristar(), "100 101 99 100", "102 103 101 102", "101 102 100 100.5")).toBe(0);
});
