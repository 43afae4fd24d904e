import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { threeOutside } from "./three-outside.ts";

test("a bullish engulfing and a higher close are bullish", () => {
  expect(reading(threeOutside(), "101 102 98 99", "98 103 97 102", "102 104 101 103")).toBe(100);
});

test("a bearish engulfing and a lower close are bearish", () => {
  expect(reading(threeOutside(), "99 102 98 101", "102 103 97 98", "98 99 96 97")).toBe(-100);
});

test("the colour of the third candle does not matter", () => {
  expect(reading(threeOutside(), "101 102 98 99", "98 103 97 102", "104 105 102 103")).toBe(100);
});

test("a third candle that goes back is none", () => {
  expect(reading(threeOutside(), "101 102 98 99", "98 103 97 102", "102 103 100 101")).toBe(0);
});
