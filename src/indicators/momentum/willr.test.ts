import { expect, test } from "vitest";
import type { Bar } from "../../domain/bar.ts";
import { sampleBars } from "../sample-bars.ts";
import { willr } from "./willr.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = willr(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(9);
  expect(value[9]).toBeCloseTo(-7.623318385650287, 9);
  expect(value[84]).toBeCloseTo(-85.06224066390043, 9);
  expect(value[159]).toBeCloseTo(-66.8831168831173, 9);
});

test("a close at the top is at 0 and one at the bottom at −100", () => {
  const line = willr(2);
  const values = [bar(10, 8, 9), bar(12, 9, 12), bar(11, 7, 7)].map((next) => {
    line.update(next);
    return line.value;
  });
  expect(values[1]).toBeCloseTo(0, 12);
  expect(values[2]).toBe(-100);
});

const bar = (high: number, low: number, close: number): Bar => ({ openTime: 0, open: close, high, low, close, volume: 1 });
