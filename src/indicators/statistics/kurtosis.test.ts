import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { kurtosis } from "./kurtosis.ts";

test("it gives the numbers of pandas", () => {
  const expected = [-1.7423772165142977, -2.5211102304220256, -2.492376801867126];
  lastOf(kurtosis(8).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 8));
});

test("one number far off makes heavy tails", () => {
  const line = kurtosis(5);
  for (const number of [1, 1, 1, 1, 10]) line.next(number);
  expect(line.value).toBeCloseTo(5, 10);
});

test("a series that stands still has none", () => {
  const line = kurtosis(4);
  for (let step = 0; step < 6; step += 1) line.next(0.1);
  expect(line.value).toBe(0);
});
