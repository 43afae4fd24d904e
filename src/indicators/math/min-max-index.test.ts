import { expect, test } from "vitest";
import { minMaxIndex } from "./min-max-index.ts";

test("it names where both extremes stand and how long ago they were", () => {
  const line = minMaxIndex(3);
  for (const number of [5, 4, 7, 6]) line.next(number);
  expect([line.minIndex, line.maxIndex, line.minAge, line.maxAge]).toEqual([1, 2, 2, 1]);
});
