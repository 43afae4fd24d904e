import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { gator } from "./gator.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const { upper, lower } = gator().over(quotes);
  expect(upper[60]).toBeCloseTo(0.6205552502537728, 9);
  expect(upper[149]).toBeCloseTo(1.3869547002196043, 9);
  expect(lower[60]).toBeCloseTo(-0.8128671897919446, 9);
  expect(lower[149]).toBeCloseTo(-0.7920286250457309, 9);
});
