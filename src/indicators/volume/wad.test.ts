import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { wad } from "./wad.ts";

test("it gives the numbers of Tulip", () => {
  const expected = [4.589999999999975, 6.069999999999965, 5.679999999999978];
  lastOf(wad().over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 10));
});

test("it gives the published table", () => {
  // Achelis, Technical Analysis from A to Z, page 368.
  const highs = [21.5, 21.625, 21.125, 22.438, 23.5, 23.25];
  const lows = [20.75, 21, 20.5, 20.875, 22.438, 22.438];
  const closes = [21.25, 21.031, 20.875, 22, 22.5, 23];
  const line = wad();
  const values = closes.map((close, row) => {
    line.update({ openTime: row, open: close, high: highs[row] as number, low: lows[row] as number, close, volume: 1 });
    return line.value.toFixed(3);
  });
  expect(values).toEqual(["0.000", "-0.594", "-0.844", "0.281", "0.781", "1.343"]);
});
