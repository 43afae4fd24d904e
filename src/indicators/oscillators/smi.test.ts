import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { smi } from "./smi.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const { value, signal } = smi().over(quotes);
  expect(value[12]).toBeCloseTo(47.397260273973394, 9);
  expect(value[60]).toBeCloseTo(9.863787568204923, 9);
  expect(value[149]).toBeCloseTo(62.671320727239376, 9);
  expect(signal[12]).toBeCloseTo(47.397260273973394, 9);
  expect(signal[60]).toBeCloseTo(9.922448928846421, 9);
  expect(signal[149]).toBeCloseTo(62.72523104137717, 9);
});
