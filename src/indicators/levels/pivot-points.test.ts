import { expect, test } from "vitest";
import { pivotPoints } from "./pivot-points.ts";

const bar = (openTime: number, high: number, low: number, close: number, volume = 1) => ({
  openTime,
  open: close,
  high,
  low,
  close,
  volume,
});
const hour = 3_600_000;

test("a day's levels come from the day before and hold all day", () => {
  const line = pivotPoints();
  const pivots: number[] = [];
  for (let row = 0; row < 72; row += 1) {
    line.update(bar(row * hour, 10 + row, row, 5 + row));
    pivots.push(line.pivot);
  }
  // The first day's high, low and close are 33, 0 and 28; the second's 57, 24 and 52.
  expect(pivots.slice(0, 24)).toEqual(Array<number>(24).fill(NaN));
  expect(new Set(pivots.slice(24, 48))).toEqual(new Set([(33 + 0 + 28) / 3]));
  expect(new Set(pivots.slice(48))).toEqual(new Set([(57 + 24 + 52) / 3]));
});

test("a day that was not seen from its beginning gives no levels", () => {
  const line = pivotPoints();
  const pivots: number[] = [];
  for (let row = 10; row < 72; row += 1) {
    line.update(bar(row * hour, 10 + row, row, 5 + row));
    pivots.push(line.pivot);
  }
  expect(pivots[24]).toBeNaN();
  expect(pivots.at(-1)).toBe((57 + 24 + 52) / 3);
});

test("Woodie's levels follow the new session's open", () => {
  const line = pivotPoints({ kind: "woodie" });
  for (let row = 0; row < 24; row += 1) line.update(bar(row * hour, 20, 10, 15));
  line.update({ ...bar(24 * hour, 21, 17, 20), open: 19 });
  expect(line.pivot).toBe((20 + 10 + 2 * 19) / 4);
});
