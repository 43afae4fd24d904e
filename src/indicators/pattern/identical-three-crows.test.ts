import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { identicalThreeCrows } from "./identical-three-crows.ts";

test("three black candles, each from the close before, are bearish", () => {
  expect(reading(identicalThreeCrows(), "106 107 103 103", "103 104 100 100", "100 101 97 97")).toBe(-100);
});

test("an open inside the body before is none", () => {
  expect(reading(identicalThreeCrows(), "106 107 103 103", "104 105 100 100", "100 101 97 97")).toBe(0);
});

test("a lower shadow spoils it", () => {
  expect(reading(identicalThreeCrows(), "106 107 103 103", "103 104 99 100", "100 101 97 97")).toBe(0);
});
