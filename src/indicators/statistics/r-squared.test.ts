import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { rSquared } from "./r-squared.ts";

test("it gives the numbers of numpy", () => {
  const expected = [0.3597974493623353, 0.6075571095571152, 0.7308739428111161];
  lastOf(rSquared(5).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 10));
});

test("a straight line is wholly explained, a series that stands still not at all", () => {
  const ramp = rSquared(5);
  const flat = rSquared(5);
  for (let step = 0; step < 9; step += 1) {
    ramp.next(1e6 + 3 * step);
    flat.next(0.1);
  }
  expect(ramp.value).toBe(1);
  expect(flat.value).toBe(0);
});
