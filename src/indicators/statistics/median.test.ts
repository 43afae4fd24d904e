import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { median } from "./median.ts";

test("it gives the numbers of pandas-ta", () => {
  const expected = [215.12, 215.12, 215.12];
  lastOf(median(6).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 10));
});

test("of an odd number it is the one in the middle", () => {
  const expected = [215.05, 215.05, 215.19];
  lastOf(median(5).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 10));
});

test("a spike does not move it", () => {
  const line = median(3);
  for (const number of [5, 1e300, 6]) line.next(number);
  expect(line.value).toBe(6);
});

test("a NaN blinds it until it has left the window", () => {
  const line = median(2);
  const values = [1, NaN, 3, 5].map((number) => {
    line.next(number);
    return line.value;
  });
  expect(values).toEqual([NaN, NaN, NaN, 4]);
});
