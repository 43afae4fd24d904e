import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { emv } from "./emv.ts";

test("it gives the numbers of Tulip for single bars", () => {
  const expected = [-4.677165579881086e-5, 0.00017634952771912948, -7.863435567371878e-6];
  lastOf(emv(1).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 15));
});

test("its average over five bars is that of the single values", () => {
  const expected = [-6.612641875774129e-5, -2.6481688206915432e-5, 4.2829826722973926e-5];
  lastOf(emv(5).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 15));
});

test("it gives the published table", () => {
  // Achelis, Technical Analysis from A to Z, page 132.
  const highs = [23.75, 23.75, 23.75, 25.0625, 26.25];
  const lows = [23, 23.1875, 23.25, 23.5, 25];
  const volumes = [125733, 83819, 111390, 211366, 240664];
  const line = emv(1);
  const values = highs.map((high, row) => {
    line.update({ openTime: row, open: high, high, low: lows[row] as number, close: high, volume: volumes[row] as number });
    return line.value.toFixed(4);
  });
  expect(values).toEqual(["NaN", "0.0063", "0.0014", "0.0578", "0.0698"]);
});

test("bars without volume or without range count as 0", () => {
  const line = emv(1);
  line.update({ openTime: 0, open: 2, high: 3, low: 1, close: 2, volume: 10 });
  line.update({ openTime: 1, open: 4, high: 5, low: 3, close: 4, volume: 0 });
  expect(line.value).toBe(0);
  line.update({ openTime: 2, open: 6, high: 6, low: 6, close: 6, volume: 10 });
  expect(line.value).toBe(0);
});
