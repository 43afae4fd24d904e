import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { pvi } from "./pvi.ts";

test("it gives the numbers of Tulip", () => {
  const expected = [1003.3557939866657, 1010.2565169528829, 1010.2565169528829];
  lastOf(pvi().over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 9));
});

test("it moves on bars with more volume only, and not after a price of zero", () => {
  const line = pvi({ start: 100 });
  const volumes = [10, 5, 20, 30];
  const values = [1, 2, 0, 4].map((close, row) => {
    line.next(close, volumes[row] as number);
    return line.value;
  });
  expect(values).toEqual([100, 100, 0, 0]);
});
