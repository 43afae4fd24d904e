import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { homingPigeon } from "./homing-pigeon.ts";

test("a short black body inside a long black one is bullish", () => {
  expect(reading(homingPigeon(), "106 107 98 99", "103 104 101 102")).toBe(100);
});

test("a white body inside is a harami, no pigeon", () => {
  expect(reading(homingPigeon(), "106 107 98 99", "102 104 101 103")).toBe(0);
});

test("a body that closes lower than the first is none", () => {
  expect(reading(homingPigeon(), "106 107 98 99", "100 101 97 98.5")).toBe(0);
});
