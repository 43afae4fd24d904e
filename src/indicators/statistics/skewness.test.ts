import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { skewness } from "./skewness.ts";

test("it gives the numbers of pandas", () => {
  const expected = [0.7436671381023191, 0.08966651454100259, 0.08736125255899228];
  lastOf(skewness(8).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 9));
});

test("a long tail of large numbers is positive, a symmetric series has none", () => {
  const tail = skewness(5);
  for (const number of [1, 1, 1, 1, 10]) tail.next(number);
  expect(tail.value).toBeGreaterThan(2);
  const even = skewness(5);
  for (const number of [1, 2, 3, 4, 5]) even.next(number);
  expect(even.value).toBe(0);
});

test("a series that stands still has none", () => {
  const line = skewness(3);
  for (let step = 0; step < 5; step += 1) line.next(0.1);
  expect(line.value).toBe(0);
});
