import { expect, test } from "vitest";
import { minMax } from "./min-max.ts";

test("it gives both ends of the window", () => {
  const line = minMax(3);
  const rows = [5, 4, 3, 2, 6].map((number) => {
    line.next(number);
    return [line.min, line.max];
  });
  expect(rows).toEqual([
    [NaN, NaN],
    [NaN, NaN],
    [3, 5],
    [2, 4],
    [2, 6],
  ]);
});
