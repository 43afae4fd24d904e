import { expect, test } from "vitest";
import { medPrice } from "./medprice.ts";

test("it is the middle of the bar", () => {
  // Achelis, Technical Analysis from A to Z, page 191.
  const highs = [16.1875, 15.75, 15.6875, 15.9375, 16.125];
  const lows = [15.3125, 15.1875, 15.5, 15.625, 15.875];
  const line = medPrice();
  const values = highs.map((high, row) => {
    line.update({ openTime: row, open: high, high, low: lows[row] as number, close: high, volume: 1 });
    return line.value.toFixed(4);
  });
  expect(values).toEqual(["15.7500", "15.4688", "15.5938", "15.7813", "16.0000"]);
});
