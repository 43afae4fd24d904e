import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { counterattack } from "./counterattack.ts";

test("a long white candle that closes where the long black one did is bullish", () => {
  expect(reading(counterattack(), "106 107 99 100", "95 101 94 100")).toBe(100);
});

test("a long black candle that closes where the long white one did is bearish", () => {
  expect(reading(counterattack(), "94 101 93 100", "105 106 99 100")).toBe(-100);
});

test("closes that are not equal are no counterattack", () => {
  expect(reading(counterattack(), "106 107 99 100", "95 101 94 101")).toBe(0);
});

test("an ordinary second body is not long enough", () => {
  expect(reading(counterattack(), "106 107 99 100", "98 101 97 100")).toBe(0);
});
