import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { ladderBottom } from "./ladder-bottom.ts";

test("a white candle above the upper shadow of a fourth black one is bullish", () => {
  expect(reading(ladderBottom(), "110 111 107 108", "108 109 105 106", "106 107 103 104", "104 106 101 102", "105 109 104 108")).toBe(100);
});

test("a fourth candle without an upper shadow is none", () => {
  expect(reading(ladderBottom(), "110 111 107 108", "108 109 105 106", "106 107 103 104", "104 104 101 102", "105 109 104 108")).toBe(0);
});

test("a close below the high of the fourth is none", () => {
  expect(reading(ladderBottom(), "110 111 107 108", "108 109 105 106", "106 107 103 104", "104 106 101 102", "104.5 106 104 105.5")).toBe(
    0,
  );
});

test("closes that do not fall are none", () => {
  expect(reading(ladderBottom(), "110 111 107 108", "109 110 107 108", "106 107 103 104", "104 106 101 102", "105 109 104 108")).toBe(0);
});
