import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { threeInside } from "./three-inside.ts";

test("a harami in a black body and a close above that body are bullish", () => {
  expect(reading(threeInside(), "106 107 98 99", "101 103 100 102", "102 108 101 107")).toBe(100);
});

test("a harami in a white body and a close below that body are bearish", () => {
  expect(reading(threeInside(), "99 107 98 106", "104 105 102 103", "103 104 97 98")).toBe(-100);
});

test("a close that stays inside the first body is none", () => {
  expect(reading(threeInside(), "106 107 98 99", "101 103 100 102", "102 106 101 105")).toBe(0);
});

test("a second body outside the first is none", () => {
  expect(reading(threeInside(), "106 107 98 99", "98 100 97 98.5", "99 108 98 107")).toBe(0);
});
