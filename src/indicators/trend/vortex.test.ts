import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { vortex } from "./vortex.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const { plus, minus } = vortex(14).over(quotes);
  expect(plus[14]).toBeCloseTo(1.045964724746126, 9);
  expect(plus[60]).toBeCloseTo(0.9489051094890514, 9);
  expect(plus[149]).toBeCloseTo(1.1130239520958092, 9);
  expect(minus[14]).toBeCloseTo(0.8118653126670234, 9);
  expect(minus[60]).toBeCloseTo(0.9841133533705464, 9);
  expect(minus[149]).toBeCloseTo(0.8353293413173627, 9);
});
