import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { kicking } from "./kicking.ts";

test("a white marubozu above a black one is bullish", () => {
  expect(reading(kicking(), "104 104 100 100", "106 110 106 110")).toBe(100);
});

test("a black marubozu below a white one is bearish", () => {
  expect(reading(kicking(), "100 104 100 104", "98 98 94 94")).toBe(-100);
});

test("a gap the other way is no kick", () => {
  expect(reading(kicking(), "104 104 100 100", "90 94 90 94")).toBe(0);
});

test("a shadow spoils it", () => {
  expect(reading(kicking(), "104 104 100 100", "106 111 106 110")).toBe(0);
});
