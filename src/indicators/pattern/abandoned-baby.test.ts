import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { abandonedBaby } from "./abandoned-baby.ts";

test("a doji left below a long black and a white candle is bullish", () => {
  expect(reading(abandonedBaby(), "107 108 99 100", "97 98 96 97", "99 105 98.5 104")).toBe(100);
});

test("a doji left above a long white and a black candle is bearish", () => {
  expect(reading(abandonedBaby(), "100 108 99 107", "110 111 109 110", "108 108.5 102 103")).toBe(-100);
});

test("shadows that touch spoil it", () => {
  expect(reading(abandonedBaby(), "107 108 99 100", "97 99.5 96 97", "100 105 99.7 104")).toBe(0);
});

test("a third candle that takes back too little is none", () => {
  expect(reading(abandonedBaby(), "107 108 99 100", "97 98 96 97", "99 103 98.5 102")).toBe(0);
});

test("a smaller penetration lets it count", () => {
  expect(reading(abandonedBaby({ penetration: 0.2 }), "107 108 99 100", "97 98 96 97", "99 103 98.5 102")).toBe(100);
});
