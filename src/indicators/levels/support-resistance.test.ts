import { expect, test } from "vitest";
import { supportResistance } from "./support-resistance.ts";

test("the nearest certain swings on either side of the close are given", () => {
  const line = supportResistance(1, { levels: 4 });
  for (const price of [10, 14, 11, 13, 9, 12]) line.update({ openTime: 0, open: price, high: price, low: price, close: price, volume: 1 });
  // Swings 14, 11, 13 and 9; the close is 12.
  expect([line.support, line.resistance]).toEqual([11, 13]);
});

test("where no swing lies on a side there is no level", () => {
  const line = supportResistance(1);
  for (const price of [10, 14, 11, 20]) line.update({ openTime: 0, open: price, high: price, low: price, close: price, volume: 1 });
  expect([line.support, line.resistance]).toEqual([14, NaN]);
});
