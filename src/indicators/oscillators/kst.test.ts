import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { kst } from "./kst.ts";

test("it gives the numbers of pandas-ta, which gives them a hundred times as large", () => {
  const { value, signal } = kst().over(quotes);
  expect(value[60]).toBeCloseTo(9.162646874917144, 9);
  expect(value[149]).toBeCloseTo(17.459811036620728, 9);
  expect(signal[60]).toBeCloseTo(17.431967683975458, 9);
  expect(signal[149]).toBeCloseTo(16.912636970347318, 9);
});
