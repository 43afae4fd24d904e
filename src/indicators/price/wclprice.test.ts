import { expect, test } from "vitest";
import { wclPrice } from "./wclprice.ts";

test("the close counts twice", () => {
  // Achelis, Technical Analysis from A to Z, page 364.
  const highs = [39.75, 39.625, 38.75, 41.625];
  const lows = [38.25, 37.875, 36.5, 38.5];
  const closes = [39, 38, 38.75, 41.4375];
  const line = wclPrice();
  const values = closes.map((close, row) => {
    line.update({ openTime: row, open: close, high: highs[row] as number, low: lows[row] as number, close, volume: 1 });
    return line.value;
  });
  expect(values).toEqual([39, 38.375, 38.1875, 40.75]);
});
