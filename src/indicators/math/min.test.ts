import { expect, test } from "vitest";
import { min } from "./min.ts";

function run(period: number, numbers: readonly number[]): number[] {
  const line = min(period);
  return numbers.map((number) => {
    line.next(number);
    return line.value;
  });
}

test("it is the lowest of the window, which forgets what has left it", () => {
  expect(run(3, [1, 4, 3, 2, 6, 6, 7])).toEqual([NaN, NaN, 1, 2, 2, 2, 6]);
});

test("a NaN blinds it for as long as it is in the window", () => {
  expect(run(2, [1, NaN, 2, 3])).toEqual([NaN, NaN, NaN, 2]);
});
