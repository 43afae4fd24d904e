import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { doji } from "./doji.ts";

test("a candle that closes where it opened is a doji", () => {
  expect(reading(doji(), "100 102 98 100")).toBe(100);
});

test("a body of just under a tenth of the usual range still is", () => {
  expect(reading(doji(), "100 102 98 100.375")).toBe(100);
});

test("a larger body is none", () => {
  expect(reading(doji(), "100 102 98 100.5")).toBe(0);
});

test("a factor moves the line", () => {
  expect(reading(doji({ bodyDoji: { factor: 0.2 } }), "100 102 98 100.5")).toBe(100);
});
