import { expect, test } from "vitest";
import { imbalance } from "./imbalance.ts";

test("it weighs the deltas of the window and counts the bars won in a row", () => {
  const line = imbalance(3);
  for (const [close, volume] of [
    [8, 4],
    [12, 10],
    [12, 6],
  ] as const)
    line.update({ openTime: 0, open: 10, high: 12, low: 8, close, volume });
  expect(line.value).toBe(12 / 20);
  expect(line.streak).toBe(2);
});
