import { expect, test } from "vitest";
import { maxIndex } from "./max-index.ts";

function run(period: number, numbers: readonly number[]): number[][] {
  const line = maxIndex(period);
  return numbers.map((number) => {
    line.next(number);
    return [line.index, line.age];
  });
}

test("it names the highest number's position and how many bars ago it was", () => {
  expect(run(3, [5, 4, 7, 6, 1, 2])).toEqual([
    [NaN, NaN],
    [NaN, NaN],
    [2, 0],
    [2, 1],
    [2, 2],
    [3, 2],
  ]);
});

test("among equals the newest counts, but the oldest succeeds an extreme that left, as in TA-Lib", () => {
  expect(run(3, [9, 3, 4, 4, 4]).map(([index]) => index)).toEqual([NaN, NaN, 0, 2, 4]);
});

test("while a NaN is in the window there is no position", () => {
  expect(run(2, [1, NaN, 5, 3]).map(([index]) => index)).toEqual([NaN, NaN, NaN, 2]);
});
