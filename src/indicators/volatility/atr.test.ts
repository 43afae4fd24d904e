import { expect, test } from "vitest";
import type { Bar } from "../../domain/bar.ts";
import { atr, trueRange } from "./atr.ts";

const bar = (high: number, low: number, close: number): Bar => ({ openTime: 0, open: close, high, low, close, volume: 1 });

test("a gap counts into the true range from the close before", () => {
  expect(trueRange(12, 11, 10)).toBe(2);
  expect(trueRange(9, 8, 10)).toBe(2);
  expect(trueRange(11, 9, 10)).toBe(2);
});

test("it starts from the mean of the first ranges and is then smoothed by Wilder's rule", () => {
  const ranges = [0.88, 0.58, 0.51, 0.5];
  const line = atr(2);
  line.update(bar(48.7, 47.79, 48.16));
  const values = ranges.map((range) => {
    line.update(bar(48.16 + range / 2, 48.16 - range / 2, 48.16));
    return line.value;
  });
  expect(values[0]).toBeNaN();
  expect(values[1]).toBeCloseTo(0.73, 12);
  expect(values[2]).toBeCloseTo((0.73 + 0.51) / 2, 12);
  expect(values[3]).toBeCloseTo((0.62 + 0.5) / 2, 12);
});
