import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { disparity } from "./disparity.ts";

test("it gives the numbers of pandas-ta, which gives them as shares", () => {
  const line = disparity(14).over(quotes).value;
  expect(line[13]).toBeCloseTo(-0.14754678434801827, 9);
  expect(line[60]).toBeCloseTo(0.2913905592014876, 9);
  expect(line[149]).toBeCloseTo(0.278521140633492, 9);
});
