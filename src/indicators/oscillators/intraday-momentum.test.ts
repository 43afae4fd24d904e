import { expect, test } from "vitest";
import { intradayMomentum } from "./intraday-momentum.ts";

test("it is the share of rising bodies", () => {
  const line = intradayMomentum(3);
  for (const [open, close] of [
    [10, 13],
    [13, 12],
    [12, 12],
  ] as const) {
    line.update({ openTime: 0, open, high: 14, low: 9, close, volume: 1 });
  }
  expect(line.value).toBe(75);
});
