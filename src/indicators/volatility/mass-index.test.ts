import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { massIndex } from "./mass-index.ts";

test("it gives the numbers of Tulip", () => {
  const expected = [3.059641122468735, 3.0540105924974914, 2.940278111018897];
  lastOf(massIndex(3, { seed: "first" }).over(exampleBars).value, 3).forEach((value, index) =>
    expect(value).toBeCloseTo(expected[index] as number, 10),
  );
});

test("it gives the published table", () => {
  // Achelis, Technical Analysis from A to Z, page 182, with averages over 9 and a sum of 3.
  const highs = [
    38.125, 38, 37.9375, 37.875, 38.125, 38.125, 37.75, 37.625, 37.6875, 37.5, 37.5625, 37.625, 36.6875, 36.875, 36.9375, 36.5, 36.9375, 37,
    36.875, 36.8125,
  ];
  const lows = [
    37.75, 37.75, 37.8125, 37.625, 37.5, 37.5, 37.5, 37.4375, 37.375, 37.375, 37.375, 36.8125, 36.3125, 36.25, 36.5, 36.25, 36.3125, 36.625,
    36.5625, 36.375,
  ];
  const line = massIndex(3, { seed: "first" });
  const values = highs.map((high, row) => {
    line.update({ openTime: row, open: high, high, low: lows[row] as number, close: high, volume: 1 });
    return line.value.toFixed(4);
  });
  expect(values.slice(17)).toEqual(["NaN", "3.2240", "3.1175"]);
});

test("without any range the sum is the period", () => {
  const line = massIndex(5);
  for (let row = 0; row < 40; row += 1) line.update({ openTime: row, open: 1, high: 1, low: 1, close: 1, volume: 1 });
  expect(line.value).toBe(5);
});
