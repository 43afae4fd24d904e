import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { fractals } from "./fractals.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const { high, low } = fractals(2).over(quotes);
  expect(high[9]).toBeCloseTo(215.17, 9);
  expect(high[60]).toBeCloseTo(226.21, 9);
  expect(high[149]).toBeCloseTo(236.47, 9);
  expect(low[9]).toBeCloseTo(212.53, 9);
  expect(low[60]).toBeCloseTo(219.77, 9);
  expect(low[149]).toBeCloseTo(234.91, 9);
});

test("a fractal is known only when the bars after it have closed", () => {
  const line = fractals(1);
  const highs = [1, 3, 2].map((high) => {
    line.update({ openTime: 0, open: high, high, low: 0, close: high, volume: 1 });
    return line.high;
  });
  expect(highs).toEqual([NaN, NaN, 3]);
});
