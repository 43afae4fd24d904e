import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { threeWhiteSoldiers } from "./three-white-soldiers.ts";

test("three even white candles, each from within the one before, are bullish", () => {
  expect(reading(threeWhiteSoldiers(), "100 104 99 104", "102 106 101 106", "104 108 103 108")).toBe(100);
});

test("an upper shadow spoils it", () => {
  expect(reading(threeWhiteSoldiers(), "100 104 99 104", "102 107 101 106", "104 108 103 108")).toBe(0);
});

test("a third candle that is far smaller makes it an advance block", () => {
  expect(reading(threeWhiteSoldiers(), "100 106 99 106", "103 109 102 109", "107 109.5 106 109.5")).toBe(0);
});

test("an open far above the body before is none", () => {
  expect(reading(threeWhiteSoldiers(), "100 104 99 104", "106 110 105 110", "108 112 107 112")).toBe(0);
});
