import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { awesome } from "./awesome.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const line = awesome().over(quotes).value;
  expect(line[33]).toBeCloseTo(5.475588235294111, 9);
  expect(line[60]).toBeCloseTo(-0.6964999999999577, 9);
  expect(line[149]).toBeCloseTo(2.411441176470589, 9);
});
