import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { marubozu } from "./marubozu.ts";

test("a long white body without shadows is bullish", () => {
  expect(reading(marubozu(), "100 104 100 104")).toBe(100);
});

test("a long black body without shadows is bearish", () => {
  expect(reading(marubozu(), "104 104 100 100")).toBe(-100);
});

test("a shadow at either end spoils it", () => {
  expect(reading(marubozu(), "100 104 99 104")).toBe(0);
});

test("a short body is no marubozu", () => {
  expect(reading(marubozu(), "100 101 100 101")).toBe(0);
});
