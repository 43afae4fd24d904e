import { expect, test } from "vitest";
import { minIndex } from "./min-index.ts";

function run(period: number, numbers: readonly number[]): number[][] {
  const line = minIndex(period);
  return numbers.map((number) => {
    line.next(number);
    return [line.index, line.age];
  });
}

test("it names the lowest number's position and how many bars ago it was", () => {
  expect(run(3, [2, 3, 0, 1, 6, 5])).toEqual([
    [NaN, NaN],
    [NaN, NaN],
    [2, 0],
    [2, 1],
    [2, 2],
    [3, 2],
  ]);
});

test("among equals the newest counts, but the oldest succeeds an extreme that left, as in TA-Lib", () => {
  expect(run(3, [1, 5, 4, 4, 4]).map(([index]) => index)).toEqual([NaN, NaN, 0, 2, 4]);
});
