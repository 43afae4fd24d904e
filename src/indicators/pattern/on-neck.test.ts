import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { onNeck } from "./on-neck.ts";

test("a white candle from below the low up to the low of a long black one is bearish", () => {
  expect(reading(onNeck(), "106 107 99 100", "97 100 96 99.1")).toBe(-100);
});

test("a close above the low is none", () => {
  expect(reading(onNeck(), "106 107 99 100", "97 101 96 100")).toBe(0);
});

test("a close below the low is none", () => {
  expect(reading(onNeck(), "106 107 99 100", "97 99 96 98")).toBe(0);
});
