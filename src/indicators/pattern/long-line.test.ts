import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { longLine } from "./long-line.ts";

test("a long white body with short shadows is bullish", () => {
  expect(reading(longLine(), "100 104.5 99.5 104")).toBe(100);
});

test("a long black body with short shadows is bearish", () => {
  expect(reading(longLine(), "104 104.5 99.5 100")).toBe(-100);
});

test("a shadow of ordinary length spoils it", () => {
  expect(reading(longLine(), "100 105 99.5 104")).toBe(0);
});

test("an ordinary body is not long", () => {
  expect(reading(longLine(), "100 102.5 99.5 102")).toBe(0);
});
