import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { uniqueThreeRiver } from "./unique-three-river.ts";

test("a rejected low inside a long black candle and a small white one above it are bullish", () => {
  expect(reading(uniqueThreeRiver(), "108 109 99 100", "106 107 96 103", "99 101 98 100")).toBe(100);
});

test("a second candle without a lower low is none", () => {
  expect(reading(uniqueThreeRiver(), "108 109 99 100", "106 107 99.5 103", "100 102 99.7 101")).toBe(0);
});

test("a third candle that opens below the low is none", () => {
  expect(reading(uniqueThreeRiver(), "108 109 99 100", "106 107 96 103", "95 97 94 96")).toBe(0);
});
