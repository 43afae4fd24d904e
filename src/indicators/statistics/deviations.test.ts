import fc from "fast-check";
import { expect, test } from "vitest";
import { isRounding, meanOf, productsOf, squaresOf } from "./deviations.ts";

const numbers = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1, maxLength: 30 });

test("the height of the numbers changes nothing of their spread", () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const low = Float64Array.from(values);
      const high = low.map((value) => value + 2 ** 50);
      expect(squaresOf(high, 0, high.length)).toBe(squaresOf(low, 0, low.length));
      expect(meanOf(high, 0, high.length) - 2 ** 50).toBeCloseTo(meanOf(low, 0, low.length), 0);
    }),
  );
});

test("a series multiplied with itself gives its squares", () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const column = Float64Array.from(values);
      const squares = squaresOf(column, 0, column.length);
      expect(productsOf(column, column, 0, column.length)).toBeCloseTo(squares, 6);
    }),
  );
});

test("equal numbers have no spread at all", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e200, max: 1e200, noNaN: true }), fc.integer({ min: 1, max: 40 }), (value, count) => {
      expect(squaresOf(new Float64Array(count).fill(value), 0, count)).toBe(0);
    }),
  );
});

test("numbers that differ in their last digit only do not count as moving, a move of a billionth does", () => {
  const rounded = Float64Array.from([0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2]);
  const moving = Float64Array.from([0.3, 0.3 + 3e-10, 0.3, 0.3]);
  expect(isRounding(squaresOf(rounded, 0, 4), 4, 0.3)).toBe(true);
  expect(isRounding(squaresOf(moving, 0, 4), 4, 0.3)).toBe(false);
});
