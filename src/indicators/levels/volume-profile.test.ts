import { expect, test } from "vitest";
import { volumeProfile } from "./volume-profile.ts";

test("the fullest row is the point of control and its neighbours make the value area", () => {
  const line = volumeProfile(4, { rows: 4, valueArea: 70 });
  const bars = [
    [10, 0, 4],
    [4.9, 2.6, 10],
    [7.4, 5.1, 5],
    [10, 7.6, 1],
  ] as const;
  bars.forEach(([high, low, volume], row) => line.update({ openTime: row, open: low, high, low, close: high, volume }));
  // Rows of 2.5 hold 1, 11, 6 and 2 of 20; 70 % are 14: the second row and the third.
  expect([line.poc, line.valueLow, line.valueHigh]).toEqual([3.75, 2.5, 7.5]);
});

test("bars without range put all volume at their price", () => {
  const line = volumeProfile(2);
  for (const volume of [0, 0]) line.update({ openTime: 0, open: 5, high: 5, low: 5, close: 5, volume });
  expect([line.poc, line.valueLow, line.valueHigh]).toEqual([5, 5, 5]);
});
