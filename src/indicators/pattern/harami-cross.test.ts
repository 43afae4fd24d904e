import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { haramiCross } from "./harami-cross.ts";

test("a doji inside a long black body is bullish", () => {
  expect(reading(haramiCross(), "106 107 98 99", "102 103 101 102.2")).toBe(100);
});

test("a doji inside a long white body is bearish", () => {
  expect(reading(haramiCross(), "99 107 98 106", "102 103 101 102.2")).toBe(-100);
});

test("a body that sticks out is none", () => {
  expect(reading(haramiCross(), "106 107 98 99", "105.9 107 105 106.1")).toBe(0);
});

test("a body that shares an end is none", () => {
  expect(reading(haramiCross(), "106 107 98 99", "99 100 98 99.2")).toBe(0);
});

test("when touching bodies count it gives 80, or −80", () => {
  expect(reading(haramiCross({ ends: "touching" }), "106 107 98 99", "99 100 98 99.2")).toBe(80);
  expect(reading(haramiCross({ ends: "touching" }), "99 107 98 106", "106 107 105 105.8")).toBe(-80);
  expect(reading(haramiCross({ ends: "touching" }), "106 107 98 99", "102 103 101 102.2")).toBe(100);
});
