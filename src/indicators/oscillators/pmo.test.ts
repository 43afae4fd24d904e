import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { pmo } from "./pmo.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const { value, signal } = pmo().over(quotes);
  expect(value[63]).toBeCloseTo(0.5083987807529883, 9);
  expect(value[100]).toBeCloseTo(0.5679612317752585, 9);
  expect(value[149]).toBeCloseTo(0.6966006266151873, 9);
  expect(signal[63]).toBeCloseTo(0.6775371472905135, 9);
  expect(signal[100]).toBeCloseTo(0.5118805555925382, 9);
  expect(signal[149]).toBeCloseTo(0.6966450735908778, 9);
});
