import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { squeeze } from "./squeeze.ts";

test("it gives the numbers of pandas-ta", () => {
  const line = squeeze(20).over(quotes).momentum;
  expect(line[38]).toBeCloseTo(5.680835714285712, 9);
  expect(line[60]).toBeCloseTo(-1.7422107142857057, 9);
  expect(line[149]).toBeCloseTo(2.7203964285714255, 9);
});

test("it is squeezed while closes spread less than the bars' ranges", () => {
  const calm = squeeze(5);
  const wild = squeeze(5);
  for (let row = 0; row < 20; row += 1) {
    calm.update({ openTime: 0, open: 100, high: 105, low: 95, close: 100 + (row % 2), volume: 1 });
    const price = 100 + 10 * row;
    wild.update({ openTime: 0, open: price, high: price + 1, low: price - 1, close: price, volume: 1 });
  }
  expect([calm.squeezed, wild.squeezed]).toEqual([1, 0]);
});
