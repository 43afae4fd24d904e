import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { breakaway } from "./breakaway.ts";

test("a white candle back into the gap after four falling ones is bullish", () => {
  expect(reading(breakaway(), "112 113 105 106", "103 104 100 101", "102 103 99 100", "100 101 97 98", "98 105 97 104")).toBe(100);
});

test("a black candle back into the gap after four rising ones is bearish", () => {
  expect(reading(breakaway(), "94 101 93 100", "103 106 102 105", "104 107 103 106", "106 109 105 108", "108 109 101 102")).toBe(-100);
});

test("a close that does not reach the gap is none", () => {
  expect(reading(breakaway(), "112 113 105 106", "103 104 100 101", "102 103 99 100", "100 101 97 98", "98 103 97 102")).toBe(0);
});

test("a third candle that does not step on is none", () => {
  expect(reading(breakaway(), "112 113 105 106", "103 104 100 101", "102 104.5 99 100", "100 101 97 98", "98 105 97 104")).toBe(0);
});
