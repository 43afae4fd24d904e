import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { inNeck } from "./in-neck.ts";

test("a white candle from below the low to the close of a long black one is bearish", () => {
  expect(reading(inNeck(), "106 107 99 100", "97 101 96 100.1")).toBe(-100);
});

test("a close below the black close is none", () => {
  expect(reading(inNeck(), "106 107 99 100", "97 101 96 99.9")).toBe(0);
});

test("a close well inside the body is none", () => {
  expect(reading(inNeck(), "106 107 99 100", "97 102 96 101")).toBe(0);
});

test("an open above the low is none", () => {
  expect(reading(inNeck(), "106 107 99 100", "99.5 101 98 100.1")).toBe(0);
});
