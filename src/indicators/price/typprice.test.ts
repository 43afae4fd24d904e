import { expect, test } from "vitest";
import { typPrice } from "./typprice.ts";

test("it is the average of high, low and close", () => {
  // Achelis, Technical Analysis from A to Z, page 345.
  const highs = [10.125, 10.875, 10.1875, 10.25, 11];
  const lows = [8.375, 10, 9.25, 9.875, 9.75];
  const closes = [10.125, 10, 10.125, 10.25, 9.9375];
  const line = typPrice();
  const values = closes.map((close, row) => {
    line.update({ openTime: row, open: close, high: highs[row] as number, low: lows[row] as number, close, volume: 1 });
    return line.value.toFixed(4);
  });
  expect(values).toEqual(["9.5417", "10.2917", "9.8542", "10.1250", "10.2292"]);
});
