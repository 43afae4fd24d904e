import { expect, test } from "vitest";
import { sessionLevels } from "./session-levels.ts";

const bar = (openTime: number, high: number, low: number, close: number, volume = 1) => ({
  openTime,
  open: close,
  high,
  low,
  close,
  volume,
});
const hour = 3_600_000;

test("the day so far and the day before are told apart", () => {
  const line = sessionLevels();
  for (let row = 0; row < 26; row += 1) line.update(bar(row * hour, 10 + row, row, 5 + row));
  expect([line.open, line.high, line.low]).toEqual([29, 35, 24]);
  expect([line.previousHigh, line.previousLow, line.previousClose]).toEqual([33, 0, 28]);
});

test("a day that was not seen from its beginning is unknown", () => {
  const line = sessionLevels();
  for (let row = 5; row < 26; row += 1) line.update(bar(row * hour, 10 + row, row, 5 + row));
  expect([line.open, line.previousHigh, line.previousClose]).toEqual([29, NaN, NaN]);
});
