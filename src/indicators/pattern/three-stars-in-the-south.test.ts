import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { threeStarsInTheSouth } from "./three-stars-in-the-south.ts";

test("three black candles that shrink are bullish", () => {
  expect(reading(threeStarsInTheSouth(), "110 110 98 105", "108 108.5 100 104", "103 103 102 102")).toBe(100);
});

test("a second candle with a lower low is none", () => {
  expect(reading(threeStarsInTheSouth(), "110 110 98 105", "108 108.5 97 104", "103 103 102 102")).toBe(0);
});

test("a third candle with shadows is none", () => {
  expect(reading(threeStarsInTheSouth(), "110 110 98 105", "108 108.5 100 104", "103 104 101 102")).toBe(0);
});

test("a white candle among them is none", () => {
  expect(reading(threeStarsInTheSouth(), "110 110 98 105", "108 108.5 100 104", "102 103 102 103")).toBe(0);
});
