import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { advanceBlock } from "./advance-block.ts";

test("a second candle that is far smaller blocks the advance", () => {
  expect(reading(advanceBlock(), "100 106 99 106", "104 107 103 107", "105 108 104 108")).toBe(-100);
});

test("a third candle that is far smaller blocks the advance", () => {
  expect(reading(advanceBlock(), "100 106 99 106", "103 109 102 109", "107 110 106 110")).toBe(-100);
});

test("bodies that shrink under an upper shadow block the advance", () => {
  expect(reading(advanceBlock(), "100 106 99 106", "103 108 102 108", "105 111 104 109")).toBe(-100);
});

test("a third candle under a long upper shadow blocks the advance", () => {
  expect(reading(advanceBlock(), "100 105 99 105", "103 108 102 108", "105 114 104 109")).toBe(-100);
});

test("three even candles without shadows are soldiers, no block", () => {
  expect(reading(advanceBlock(), "100 104 99 104", "102 106 101 106", "104 108 103 108")).toBe(0);
});

test("a black candle among them is none", () => {
  expect(reading(advanceBlock(), "100 106 99 106", "104 107 103 107", "108 109 104 105")).toBe(0);
});
