import { expect, test } from "vitest";
import { regressionChannel } from "./regression-channel.ts";

test("the lines stand some standard errors from the end of the line", () => {
  const line = regressionChannel(4, { deviations: 2 });
  for (const price of [1, 3, 2, 4]) line.next(price);
  // Slope 0.8 and intercept 1.3; distances −0.3, 0.9, −0.9, 0.3 have a mean square of 0.45.
  expect(line.middle).toBeCloseTo(3.7, 12);
  expect(line.upper).toBeCloseTo(3.7 + 2 * Math.sqrt(0.45), 12);
  expect(line.lower).toBeCloseTo(3.7 - 2 * Math.sqrt(0.45), 12);
});
