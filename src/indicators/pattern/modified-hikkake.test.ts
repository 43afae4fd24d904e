import { expect, test } from "vitest";
import { reading, readings } from "./drawing.ts";
import { modifiedHikkake } from "./modified-hikkake.ts";

const mother = "99 108 92 101";
const closesLow = "100 105 95 95.5";
const closesHigh = "100 105 95 104.5";
const inside = "100 103 97 101";
const breakdown = "100 102 94 95";
const breakup = "100 106 98 105";

test("a break below two inside bars, the first closing near its low, is bullish", () => {
  expect(reading(modifiedHikkake(), mother, closesLow, inside, breakdown)).toBe(100);
});

test("a break above two inside bars, the first closing near its high, is bearish", () => {
  expect(reading(modifiedHikkake(), mother, closesHigh, inside, breakup)).toBe(-100);
});

test("a first inside bar that closes at the other end is none", () => {
  expect(reading(modifiedHikkake(), mother, closesHigh, inside, breakdown)).toBe(0);
  expect(reading(modifiedHikkake(), mother, closesLow, inside, breakup)).toBe(0);
});

test("one inside bar is not enough", () => {
  expect(reading(modifiedHikkake(), "99 104 96 101", closesLow, inside, breakdown)).toBe(0);
});

test("a close beyond the second inside bar confirms with 200, or −200", () => {
  expect(readings(modifiedHikkake(), mother, closesLow, inside, breakdown, "96 104 93 103.5")).toEqual([0, 0, 0, 100, 200]);
  expect(readings(modifiedHikkake(), mother, closesHigh, inside, breakup, "104 107 96 96.5")).toEqual([0, 0, 0, -100, -200]);
});

test("the fourth bar comes too late", () => {
  const pause = ["96 103 94 100", "96 104 93 100", "96 105 92 100"];
  expect(reading(modifiedHikkake(), mother, closesLow, inside, breakdown, ...pause, "100 106 91 105.5")).toBe(0);
});
