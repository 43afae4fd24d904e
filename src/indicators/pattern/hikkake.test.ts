import { expect, test } from "vitest";
import { reading, readings } from "./drawing.ts";
import { hikkake } from "./hikkake.ts";

const mother = "99 105 95 101";
const inside = "100 103 97 101";
const breakdown = "100 102 94 95";
const breakup = "100 106 98 105";

test("a break below an inside bar is bullish", () => {
  expect(reading(hikkake(), mother, inside, breakdown)).toBe(100);
});

test("a break above an inside bar is bearish", () => {
  expect(reading(hikkake(), mother, inside, breakup)).toBe(-100);
});

test("a bar that breaks out on both sides, or on none, is no hikkake", () => {
  expect(reading(hikkake(), mother, inside, "100 106 94 101")).toBe(0);
  expect(reading(hikkake(), mother, inside, "100 102 98 101")).toBe(0);
});

test("a close above the inside bar within three bars confirms a bullish one with 200", () => {
  expect(readings(hikkake(), mother, inside, breakdown, "96 102 94 100", "100 104 93 103.5")).toEqual([0, 0, 100, 0, 200]);
});

test("a close below the inside bar within three bars confirms a bearish one with −200", () => {
  expect(readings(hikkake(), mother, inside, breakup, "104 107 96 96.5")).toEqual([0, 0, -100, -200]);
});

test("a close above the inside bar on the fourth bar comes too late", () => {
  const pause = ["96 103 94 100", "96 104 93 100", "96 105 92 100"];
  expect(readings(hikkake(), mother, inside, breakdown, ...pause, "100 106 91 105.5")).toEqual([0, 0, 100, 0, 0, 0, 0]);
});

test("a confirmation is reported once", () => {
  expect(readings(hikkake(), mother, inside, breakdown, "96 106 93 105", "105 107 92 106")).toEqual([0, 0, 100, 200, 0]);
});

test("after a reset nothing is left to be confirmed", () => {
  const pattern = hikkake();
  readings(pattern, mother, inside, breakdown);
  pattern.reset();
  expect(reading(pattern, "96 106 93 105")).toBe(0);
});
