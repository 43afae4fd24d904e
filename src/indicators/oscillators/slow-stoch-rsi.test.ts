import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { slowStochRsi } from "./slow-stoch-rsi.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const { k, d } = slowStochRsi(14, { k: 1 }).over(quotes);
  expect(k[29]).toBeCloseTo(100, 9);
  expect(k[60]).toBeCloseTo(56.456889322926884, 9);
  expect(k[149]).toBeCloseTo(72.02947602808649, 9);
  expect(d[29]).toBeCloseTo(100, 9);
  expect(d[60]).toBeCloseTo(45.352286137360075, 9);
  expect(d[149]).toBeCloseTo(36.06908894716733, 9);
});

test("smoothing k by three bars gives what d is without", () => {
  const { d } = slowStochRsi(14, { k: 1, d: 3 }).over(quotes);
  const { k } = slowStochRsi(14, { k: 3, d: 1 }).over(quotes);
  expect(k[149]).toBe(d[149]);
});
