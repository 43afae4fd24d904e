import { expect, test } from "vitest";
import { vwap } from "./vwap.ts";

const bar = (openTime: number, high: number, low: number, close: number, volume = 1) => ({
  openTime,
  open: close,
  high,
  low,
  close,
  volume,
});
const day = 86_400_000;

test("prices count by their volume and the lines stand some deviations away", () => {
  const line = vwap({ deviations: 1 });
  line.update(bar(0, 10, 10, 10, 3));
  line.update(bar(60_000, 14, 14, 14, 1));
  // Mean (3 · 10 + 14) / 4 = 11; squares (3 · 1 + 9) / 4 = 3.
  expect(line.value).toBe(11);
  expect(line.upper).toBeCloseTo(11 + Math.sqrt(3), 12);
  expect(line.lower).toBeCloseTo(11 - Math.sqrt(3), 12);
});

test("it starts again with the UTC day, the Monday or the month", () => {
  const restarts = (session: "day" | "week" | "month"): number[] => {
    const line = vwap({ session });
    const found: number[] = [];
    for (let row = 0; row < 40; row += 1) {
      line.update(bar(row * day, row, row, row));
      if (line.value === row) found.push(row);
    }
    return found;
  };
  // The epoch began on a Thursday.
  expect(restarts("day")).toHaveLength(40);
  expect(restarts("week")).toEqual([0, 4, 11, 18, 25, 32, 39]);
  expect(restarts("month")).toEqual([0, 31]);
});

test("while nothing was traded it is the last typical price", () => {
  const line = vwap();
  line.update(bar(0, 12, 9, 9, 0));
  expect([line.value, line.upper]).toEqual([10, 10]);
  line.update(bar(60_000, 20, 20, 20, 5));
  expect(line.value).toBe(20);
});
