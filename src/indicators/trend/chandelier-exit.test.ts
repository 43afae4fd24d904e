import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { chandelierExit } from "./chandelier-exit.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const line = chandelierExit(22).over(quotes).long;
  expect(line[22]).toBeCloseTo(212.91545454545457, 9);
  expect(line[60]).toBeCloseTo(222.53097857269825, 9);
  expect(line[149]).toBeCloseTo(232.89025420723505, 9);
});

test("the stop of a short position mirrors that of a long one", () => {
  const line = chandelierExit(2, { multiplier: 1 });
  for (const price of [10, 12, 14]) line.update({ openTime: 0, open: price, high: price + 1, low: price - 1, close: price, volume: 1 });
  // True ranges of 3 and 3; highest high 15, lowest low 11.
  expect([line.long, line.short]).toEqual([12, 14]);
});
