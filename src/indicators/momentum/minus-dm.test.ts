import { expect, test } from "vitest";
import type { Bar } from "../../domain/bar.ts";
import { sampleBars } from "../sample-bars.ts";
import { minusDm } from "./minus-dm.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = minusDm(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(9);
  expect(value[9]).toBeCloseTo(0.8599999999999994, 9);
  expect(value[84]).toBeCloseTo(1.969436212963731, 9);
  expect(value[159]).toBeCloseTo(1.3407871828391509, 9);
});

test("only the larger of rise and fall counts", () => {
  const line = minusDm(1);
  const values = [bar(10, 8, 9), bar(13, 7, 9), bar(14, 4, 9), bar(15, 3, 9)].map((next) => {
    line.update(next);
    return line.value;
  });
  expect(values).toEqual([NaN, 0, 3, 0]);
});

const bar = (high: number, low: number, close: number): Bar => ({ openTime: 0, open: close, high, low, close, volume: 1 });
