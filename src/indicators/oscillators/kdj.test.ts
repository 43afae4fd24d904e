import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { kdj } from "./kdj.ts";

test("it gives the numbers of pandas-ta", () => {
  const { k, d, j } = kdj(9).over(quotes);
  expect(k[60]).toBeCloseTo(55.996623891929715, 9);
  expect(k[149]).toBeCloseTo(77.15709316274953, 9);
  expect(d[60]).toBeCloseTo(43.637483508423635, 9);
  expect(d[149]).toBeCloseTo(72.82060559627004, 9);
  expect(j[60]).toBeCloseTo(80.71490465894188, 9);
  expect(j[149]).toBeCloseTo(85.83006829570851, 9);
});
