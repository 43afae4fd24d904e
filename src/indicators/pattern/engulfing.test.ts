import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { engulfing } from "./engulfing.ts";

test("a white body around the black one before is bullish", () => {
  expect(reading(engulfing(), "101 102 98 99", "98 103 97 102")).toBe(100);
});

test("a black body around the white one before is bearish", () => {
  expect(reading(engulfing(), "99 102 98 101", "102 103 97 98")).toBe(-100);
});

test("a body of the same colour is none", () => {
  expect(reading(engulfing(), "99 102 98 101", "98 103 97 102")).toBe(0);
});

test("a body that opens where the one before closed is none", () => {
  expect(reading(engulfing(), "101 102 98 99", "99 103 97 102")).toBe(0);
});

test("when touching bodies count it gives 80, or −80", () => {
  expect(reading(engulfing({ ends: "touching" }), "101 102 98 99", "99 103 97 102")).toBe(80);
  expect(reading(engulfing({ ends: "touching" }), "99 102 98 101", "101 103 97 98")).toBe(-80);
  expect(reading(engulfing({ ends: "touching" }), "101 102 98 99", "98 103 97 102")).toBe(100);
  expect(reading(engulfing({ ends: "touching" }), "101 102 98 99", "99 103 97 101")).toBe(0);
});
