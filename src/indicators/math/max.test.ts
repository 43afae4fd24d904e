import { expect, test } from "vitest";
import { max } from "./max.ts";

function run(period: number, numbers: readonly number[]): number[] {
  const line = max(period);
  return numbers.map((number) => {
    line.next(number);
    return line.value;
  });
}

test("it is the highest of the window, which forgets what has left it", () => {
  expect(run(3, [5, 4, 3, 2, 6, 6, 1])).toEqual([NaN, NaN, 5, 4, 6, 6, 6]);
});

test("a NaN blinds it for as long as it is in the window", () => {
  expect(run(2, [1, NaN, 2, 3])).toEqual([NaN, NaN, NaN, 3]);
});
