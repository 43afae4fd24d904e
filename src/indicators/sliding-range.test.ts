/** The range and the extremes of a window are those that a search of the window finds, for every period and any numbers. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { SlidingMaximum, SlidingMinimum } from "./sliding-extreme.ts";
import { SlidingRange } from "./sliding-range.ts";

const numbers = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 60 });
const period = fc.integer({ min: 1, max: 12 });

test("the range is that of the last bars", () => {
  fc.assert(
    fc.property(numbers, period, (values, length) => {
      const range = new SlidingRange(length);
      values.forEach((value, row) => {
        const isFull = range.take({ high: value + 1, low: value });
        const window = values.slice(Math.max(0, row + 1 - length), row + 1);
        expect(isFull).toBe(window.length === length);
        if (!isFull) return;
        expect(range.highest).toBe(Math.max(...window) + 1);
        expect(range.lowest).toBe(Math.min(...window));
      });
    }),
  );
});

test("the extremes are those of the last numbers, and the latest of equal ones gives their age", () => {
  fc.assert(
    fc.property(numbers, period, (values, length) => {
      const maximum = new SlidingMaximum(length);
      const minimum = new SlidingMinimum(length);
      values.forEach((value, row) => {
        maximum.push(value);
        minimum.push(value);
        const window = values.slice(Math.max(0, row + 1 - length), row + 1);
        expect(maximum.value).toBe(Math.max(...window));
        expect(minimum.value).toBe(Math.min(...window));
        expect(maximum.age).toBe(window.toReversed().indexOf(Math.max(...window)));
        expect(minimum.age).toBe(window.toReversed().indexOf(Math.min(...window)));
      });
    }),
  );
});

test("the range passes over NaN, and a window of nothing else has none", () => {
  const range = new SlidingRange(3);
  const seen = [1, NaN, 3, NaN, NaN, NaN, 4].map((value) => {
    range.take({ high: value, low: value });
    return range.highest;
  });
  expect(seen).toEqual([NaN, NaN, 3, 3, 3, NaN, 4]);
});

test("a NaN makes the extreme NaN while it is in the window", () => {
  const maximum = new SlidingMaximum(3);
  const seen = [5, NaN, 3, 2, 1].map((value) => {
    maximum.push(value);
    return maximum.value;
  });
  expect(seen).toEqual([5, NaN, NaN, NaN, 3]);
});
