import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { separatingLines } from "./separating-lines.ts";

test("a white belt hold from the open of a black candle is bullish", () => {
  expect(reading(separatingLines(), "101 102 98 99", "101 106 101 105")).toBe(100);
});

test("a black belt hold from the open of a white candle is bearish", () => {
  expect(reading(separatingLines(), "99 102 98 101", "99 99 94 95")).toBe(-100);
});

test("another open is none", () => {
  expect(reading(separatingLines(), "101 102 98 99", "100 106 100 105")).toBe(0);
});

test("a shadow where the second candle opened spoils it", () => {
  expect(reading(separatingLines(), "101 102 98 99", "101 106 100 105")).toBe(0);
});

test("a short second body is none", () => {
  expect(reading(separatingLines(), "101 102 98 99", "101 103 101 102")).toBe(0);
});
