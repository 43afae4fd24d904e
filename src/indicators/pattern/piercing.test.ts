import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { piercing } from "./piercing.ts";

test("a long white candle from below the low to above the middle of a long black one is bullish", () => {
  expect(reading(piercing(), "106 107 99 100", "98 105 97 104")).toBe(100);
});

test("a close in the lower half is not deep enough", () => {
  expect(reading(piercing(), "106 107 99 100", "98 104 97 103")).toBe(0);
});

test("a close above the body is an engulfing, no piercing", () => {
  expect(reading(piercing(), "106 107 99 100", "98 108 97 107")).toBe(0);
});

test("an open above the low is none", () => {
  expect(reading(piercing(), "106 107 99 100", "99.5 105 98 104")).toBe(0);
});
