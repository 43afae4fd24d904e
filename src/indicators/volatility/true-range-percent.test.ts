import { expect, test } from "vitest";
import { trueRangePercent } from "./true-range-percent.ts";

test("it is the true range as a share of the close", () => {
  const line = trueRangePercent();
  line.update({ openTime: 0, open: 10, high: 11, low: 9, close: 10, volume: 1 });
  expect(line.value).toBeNaN();
  line.update({ openTime: 1, open: 13, high: 16, low: 13, close: 16, volume: 1 });
  expect(line.value).toBe(37.5);
});

test("at a close of zero it is 0, not infinite", () => {
  const line = trueRangePercent();
  for (const close of [1, 0]) line.update({ openTime: 0, open: 1, high: 3, low: 0, close, volume: 1 });
  expect(line.value).toBe(0);
});
