import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { beltHold } from "./belt-hold.ts";

test("a long white candle that opens at its low is bullish", () => {
  expect(reading(beltHold(), "100 106 100 105")).toBe(100);
});

test("a long black candle that opens at its high is bearish", () => {
  expect(reading(beltHold(), "105 105 99 100")).toBe(-100);
});

test("a shadow where the candle opened spoils it", () => {
  expect(reading(beltHold(), "100 106 99 105")).toBe(0);
});

test("a short body is no belt hold", () => {
  expect(reading(beltHold(), "100 101 100 101")).toBe(0);
});
