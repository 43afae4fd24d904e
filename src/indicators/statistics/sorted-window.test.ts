import { expect, test } from "vitest";
import fc from "fast-check";
import { SortedWindow } from "./sorted-window.ts";

test("it holds the last numbers in their order, whatever comes", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(NaN))),
      (period, numbers) => {
        const window = new SortedWindow(period);
        numbers.forEach((number, row) => {
          window.push(number);
          const last = numbers.slice(Math.max(0, row + 1 - period), row + 1);
          const expected = last.filter((value) => !Number.isNaN(value)).toSorted((one, other) => one - other);
          expect([...window.sorted.subarray(0, window.size)].map(Number)).toEqual(expected.map(Number));
          expect(window.isComplete).toBe(expected.length === period);
        });
      },
    ),
  );
});
