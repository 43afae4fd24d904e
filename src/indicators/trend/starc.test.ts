import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { starc } from "./starc.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const { upper, middle, lower } = starc().over(quotes);
  expect(upper[10]).toBeCloseTo(216.73399999999998, 9);
  expect(upper[149]).toBeCloseTo(237.9331291489009, 9);
  expect(middle[10]).toBeCloseTo(214.20999999999998, 9);
  expect(middle[149]).toBeCloseTo(235.894, 9);
  expect(lower[10]).toBeCloseTo(211.68599999999998, 9);
  expect(lower[149]).toBeCloseTo(233.85487085109912, 9);
});
