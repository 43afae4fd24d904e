import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { medianDeviation } from "./median-deviation.ts";

test("it gives the numbers of pandas", () => {
  const expected = [0.09000000000000341, 0.09000000000000341, 0.22999999999998977];
  lastOf(medianDeviation(5).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 10));
});

test("of an even number it is the mean of the middle two distances", () => {
  const expected = [0.15000000000000568, 0.15000000000000568, 0.15000000000000568];
  lastOf(medianDeviation(6).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 10));
});

test("wild numbers, fewer than half, do not move it far", () => {
  const line = medianDeviation(5);
  for (const number of [1, 2, 3, 1e300, -1e300]) line.next(number);
  expect(line.value).toBe(1);
});
