import { expect, test } from "vitest";
import { barAt, type Bar } from "../../domain/bar.ts";
import { sampleBars } from "../sample-bars.ts";
import { stoch } from "./stoch.ts";

const columns = sampleBars("walk", 160, 7);

test("it gives TA-Lib's numbers", () => {
  const { k, d } = stoch({ fastK: 9, slowK: 4, slowKAverage: "ema", slowD: 3 }).over(columns);
  expect(k.findIndex(Number.isFinite)).toBe(13);
  expect(k[13]).toBeCloseTo(81.39166221886964, 9);
  expect(k[86]).toBeCloseTo(19.52306635089485, 9);
  expect(k[159]).toBeCloseTo(32.26983380926564, 9);
  expect(d[13]).toBeCloseTo(83.49120680391505, 9);
  expect(d[86]).toBeCloseTo(20.923296532613847, 9);
  expect(d[159]).toBeCloseTo(33.77421017910526, 9);
});

test("unsmoothed, a close at the top of the range is at 100 and one at the bottom at 0", () => {
  const line = stoch({ fastK: 3, slowK: 1, slowD: 1 });
  const values = [bar(10, 8, 9), bar(12, 9, 10), bar(13, 10, 13), bar(12, 7, 7)].map((next) => {
    line.update(next);
    return line.k;
  });
  expect(values).toEqual([NaN, NaN, 100, 0]);
});

test("it goes on after a column where streaming would have got to", () => {
  const batch = stoch();
  batch.over(sampleBars("walk", 100, 7));
  const stream = stoch();
  for (let row = 0; row < 160; row += 1) {
    stream.update(barAt(columns, row));
    if (row >= 100) batch.update(barAt(columns, row));
  }
  expect([batch.k, batch.d]).toEqual([stream.k, stream.d]);
});

const bar = (high: number, low: number, close: number): Bar => ({ openTime: 0, open: close, high, low, close, volume: 1 });
