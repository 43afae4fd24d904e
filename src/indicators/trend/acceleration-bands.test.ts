import { expect, test } from "vitest";
import { accelerationBands } from "./acceleration-bands.ts";

test("the bands are averages of highs and lows pushed outwards by the relative range", () => {
  const line = accelerationBands(2, { width: 4 });
  line.update({ openTime: 0, open: 10, high: 12, low: 8, close: 10, volume: 1 });
  line.update({ openTime: 1, open: 10, high: 10, low: 10, close: 10, volume: 1 });
  // The first bar's range is a fifth of its high and low together, pushed four times: 12 · 1.8 and 8 · 0.2.
  expect([line.upper, line.middle, line.lower]).toEqual([(21.6 + 10) / 2, 10, 5.8]);
});
