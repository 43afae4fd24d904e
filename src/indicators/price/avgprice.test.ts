import { expect, test } from "vitest";
import { avgPrice } from "./avgprice.ts";

test("it is the average of the bar's four prices, as in TA-Lib", () => {
  const line = avgPrice();
  // ADAUSDT, Bybit, 4 hours from 2025-09-24.
  line.update({ openTime: 0, open: 0.8056, high: 0.8156, low: 0.7975, close: 0.8001, volume: 1 });
  expect(line.value).toBeCloseTo(0.8047, 14);
});
