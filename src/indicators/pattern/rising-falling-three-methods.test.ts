import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { risingFallingThreeMethods } from "./rising-falling-three-methods.ts";

test("three small black candles between two long white ones are bullish", () => {
  expect(
    reading(
      risingFallingThreeMethods(),
      "100 107 99 106",
      "105 106 103.5 104",
      "104 105 102.5 103",
      "103 104 101.5 102",
      "103 109 102 108",
    ),
  ).toBe(100);
});

test("three small white candles between two long black ones are bearish", () => {
  expect(
    reading(risingFallingThreeMethods(), "106 107 99 100", "101 102.5 100 102", "102 103.5 101 103", "103 104.5 102 104", "103 104 97 98"),
  ).toBe(-100);
});

test("a last close short of the first is none", () => {
  expect(
    reading(
      risingFallingThreeMethods(),
      "100 107 99 106",
      "105 106 103.5 104",
      "104 105 102.5 103",
      "103 104 101.5 102",
      "102.5 106 102 105.8",
    ),
  ).toBe(0);
});

test("a small candle of the wrong colour is none", () => {
  expect(
    reading(
      risingFallingThreeMethods(),
      "100 107 99 106",
      "105 106 103.5 104",
      "102 105 101.5 103",
      "103 104 101.5 102",
      "103 109 102 108",
    ),
  ).toBe(0);
});
