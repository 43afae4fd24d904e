import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { stickSandwich } from "./stick-sandwich.ts";

test("a white candle between two black ones with one close is bullish", () => {
  expect(reading(stickSandwich(), "104 105 99 100", "102 105 101 104", "105 106 99 100.1")).toBe(100);
});

test("closes apart are none", () => {
  expect(reading(stickSandwich(), "104 105 99 100", "102 105 101 104", "105 106 98 99")).toBe(0);
});

test("a white candle that trades below the close is none", () => {
  expect(reading(stickSandwich(), "104 105 99 100", "102 105 99 104", "105 106 99 100")).toBe(0);
});
