import { expect, test } from "vitest";
import { linearReg } from "../statistics/linearreg.ts";
import { relativeVolatility } from "../volatility/relative-volatility.ts";
import { inertia } from "./inertia.ts";

test("it is the end of the regression line through the relative volatility index", () => {
  const closes = Float64Array.from({ length: 60 }, (_, row) => 100 + 5 * Math.sin(row / 4) + (row % 3));
  const volatility = relativeVolatility(14, { deviationPeriod: 10 }).overNumbers(closes);
  const expected = linearReg(20).overNumbers(volatility, 22);
  expect(inertia(20).overNumbers(closes)[59]).toBeCloseTo(expected[59] as number, 12);
});
