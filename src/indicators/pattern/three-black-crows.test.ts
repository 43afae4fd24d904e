import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { threeBlackCrows } from "./three-black-crows.ts";

test("three black candles down from a white one are bearish", () => {
  expect(reading(threeBlackCrows(), "103 107 102 106", "107 108 103 103", "105 106 101 101", "103 104 99 99")).toBe(-100);
});

test("without the white candle before them they are none", () => {
  expect(reading(threeBlackCrows(), "106 107 102 103", "107 108 103 103", "105 106 101 101", "103 104 99 99")).toBe(0);
});

test("an open at the close before is none", () => {
  expect(reading(threeBlackCrows(), "103 107 102 106", "107 108 103 103", "103 104 101 101", "102 103 99 99")).toBe(0);
});

test("a lower shadow spoils it", () => {
  expect(reading(threeBlackCrows(), "103 107 102 106", "107 108 103 103", "105 106 100 101", "103 104 99 99")).toBe(0);
});
