import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { percentRank } from "./percent-rank.ts";

test("it gives the numbers of numpy", () => {
  const expected = [62.5, 87.5, 50.0];
  lastOf(percentRank(8).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 10));
});

test("equals count as not above", () => {
  const line = percentRank(4);
  for (const number of [1, 2, 3, 3, 3]) line.next(number);
  expect(line.value).toBe(100);
  line.next(2);
  expect(line.value).toBe(25);
});
