import { expect, test } from "vitest";
import type { Bar } from "../../domain/bar.ts";
import { sampleBars } from "../sample-bars.ts";
import { plusDi } from "./plus-di.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = plusDi(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(10);
  expect(value[10]).toBeCloseTo(36.999188969991906, 9);
  expect(value[85]).toBeCloseTo(8.591713782656488, 9);
  expect(value[159]).toBeCloseTo(6.43726334747409, 9);
});

test("with a period of one it is the bar's own ratio", () => {
  const line = plusDi(1);
  line.update(bar(10, 8, 9));
  line.update(bar(13, 9, 12));
  // A rise of 3 and a true range of 4.
  expect(line.value).toBe(3 / 4);
});

const bar = (high: number, low: number, close: number): Bar => ({ openTime: 0, open: close, high, low, close, volume: 1 });
