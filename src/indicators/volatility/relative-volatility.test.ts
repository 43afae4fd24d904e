import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { relativeVolatility } from "./relative-volatility.ts";

test("it gives the numbers of pandas-ta", () => {
  const expected = [52.81066075285713, 67.33169053471215, 44.989331366741006];
  lastOf(relativeVolatility(5, { deviationPeriod: 5 }).over(exampleBars).value, 3).forEach((value, index) =>
    expect(value).toBeCloseTo(expected[index] as number, 9),
  );
});

test("a price that only rises is at 100, one that only falls at 0, one that stands still at 50", () => {
  const lines = [relativeVolatility(3), relativeVolatility(3), relativeVolatility(3)];
  for (let step = 0; step < 30; step += 1) lines.forEach((line, index) => line.next(100 + (1 - index) * step));
  expect(lines.map((line) => line.value)).toEqual([100, 50, 0]);
});
