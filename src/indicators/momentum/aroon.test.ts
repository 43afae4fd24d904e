import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { aroon } from "./aroon.ts";

test("it gives TA-Lib's numbers", () => {
  const { up, down } = aroon(10).over(sampleBars("walk", 160, 7));
  expect(up.findIndex(Number.isFinite)).toBe(10);
  expect(up[10]).toBeCloseTo(100, 9);
  expect(up[85]).toBeCloseTo(30, 9);
  expect(up[159]).toBeCloseTo(10, 9);
  expect(down[10]).toBeCloseTo(20, 9);
  expect(down[85]).toBeCloseTo(90, 9);
  expect(down[159]).toBeCloseTo(100, 9);
});

test("a new high puts the first line at 100", () => {
  const { up, down } = aroon(5).over(sampleBars("ramp", 20));
  expect([up[19], down[19]]).toEqual([100, 0]);
});

test("among equal extremes the latest counts", () => {
  const { up, down } = aroon(5).over(sampleBars("flat", 20));
  expect([up[19], down[19]]).toEqual([100, 100]);
});
