import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { standardError } from "./standard-error.ts";

test("it gives the numbers of the residuals of numpy's polyfit", () => {
  const expected = [0.5333510413726943, 0.5297137591819351, 0.4719604503204287];
  lastOf(standardError(5).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 9));
});

test("a straight line has none", () => {
  const line = standardError(5);
  for (let step = 0; step < 9; step += 1) line.next(1e6 + 3 * step);
  expect(line.value).toBe(0);
});
