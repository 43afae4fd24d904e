import { expect, test } from "vitest";
import { columnsOf } from "../../domain/bar.ts";
import { chandeKrollStop } from "./chande-kroll-stop.ts";

const bar = (high: number, low: number, close: number) => ({ openTime: 0, open: close, high, low, close, volume: 1 });

test("both lines gather the first stops over their window", () => {
  const bars = [bar(11, 9, 10), bar(12, 10, 11), bar(13, 11, 12), bar(12, 10, 11)];
  const { long, short } = chandeKrollStop(1, { multiplier: 1, stop: 2 }).over(columnsOf(bars));
  // All true ranges are 2, so the first stops are high − 2 = 10, 11, 10 and low + 2 = 12, 13, 12 from the second bar on.
  expect([...short]).toEqual([NaN, NaN, 11, 11]);
  expect([...long]).toEqual([NaN, NaN, 12, 12]);
});
