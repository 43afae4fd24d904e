import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { ad } from "./ad.ts";

test("it gives the numbers of TA-Lib", () => {
  const expected = [521361305.59782386, 573519086.3356851, 571865864.9302813];
  lastOf(ad().over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 5));
});

test("it gives the published table", () => {
  // Achelis, Technical Analysis from A to Z, page 50.
  const rows = [
    [8.625, 8.25, 8.625, 19194],
    [8.875, 8.375, 8.375, 10768],
    [9.375, 8.375, 9.375, 20032],
    [10.125, 8.75, 8.75, 55218],
    [9.375, 8.75, 9.375, 13172],
  ] as const;
  const line = ad();
  const values = rows.map(([high, low, close, volume]) => {
    line.update({ openTime: 0, open: close, high, low, close, volume });
    return line.value;
  });
  expect(values).toEqual([19194, 8426, 28458, -26760, -13588]);
});

test("a bar without range adds nothing", () => {
  const line = ad();
  line.update({ openTime: 0, open: 5, high: 5, low: 5, close: 5, volume: 100 });
  expect(line.value).toBe(0);
});

test("a bar with an unknown price makes the line unknown", () => {
  const line = ad();
  line.update({ openTime: 0, open: 5, high: NaN, low: 5, close: 5, volume: 100 });
  expect(line.value).toBeNaN();
});
