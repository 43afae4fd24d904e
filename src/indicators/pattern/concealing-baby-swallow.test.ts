import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { concealingBabySwallow } from "./concealing-baby-swallow.ts";

test("a black candle that swallows a baby after two black marubozu is bullish", () => {
  expect(reading(concealingBabySwallow(), "112 112 108 108", "108 108 104 104", "103 105 101 102", "106 107 99 100")).toBe(100);
});

test("a fourth candle that leaves the upper shadow out is none", () => {
  expect(reading(concealingBabySwallow(), "112 112 108 108", "108 108 104 104", "103 105 101 102", "104 104.5 99 100")).toBe(0);
});

test("a third candle whose shadow stays below the body is none", () => {
  expect(reading(concealingBabySwallow(), "112 112 108 108", "108 108 104 104", "103 103.9 101 102", "106 107 99 100")).toBe(0);
});

test("a second candle with shadows is none", () => {
  expect(reading(concealingBabySwallow(), "112 112 108 108", "108 109 103 104", "103 105 101 102", "106 107 99 100")).toBe(0);
});
