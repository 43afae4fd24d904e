import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { autocorrelation } from "./autocorrelation.ts";

test("it gives the numbers of numpy", () => {
  const expected = [-0.26714315792773763, -0.4515123558364542, -0.2406929844817389];
  lastOf(autocorrelation(8, { lag: 2 }).over(exampleBars).value, 3).forEach((value, index) =>
    expect(value).toBeCloseTo(expected[index] as number, 9),
  );
});

test("what turns back at every bar has −1 at a lag of one and 1 at a lag of two", () => {
  const one = autocorrelation(10);
  const two = autocorrelation(10, { lag: 2 });
  for (let step = 0; step < 20; step += 1) {
    one.next(step % 2);
    two.next(step % 2);
  }
  expect(one.value).toBeCloseTo(-1, 12);
  expect(two.value).toBeCloseTo(1, 12);
});
