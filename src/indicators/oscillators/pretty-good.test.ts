import { expect, test } from "vitest";
import { prettyGood } from "./pretty-good.ts";

test("the distance from the average is counted in true ranges", () => {
  const line = prettyGood(2);
  for (const price of [10, 12, 14]) line.update({ openTime: 0, open: price, high: price + 1, low: price - 1, close: price, volume: 1 });
  // True ranges 3 and 3; the close is 1 above the average of 13.
  expect(line.value).toBeCloseTo(1 / 3, 12);
});
