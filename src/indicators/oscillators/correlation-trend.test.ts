import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { correlationTrend } from "./correlation-trend.ts";

test("it gives the numbers of pandas-ta", () => {
  const line = correlationTrend(20).over(quotes).value;
  expect(line[19]).toBeCloseTo(0.6434368700832002, 9);
  expect(line[60]).toBeCloseTo(-0.5103187113436793, 9);
  expect(line[149]).toBeCloseTo(0.8060273999886491, 9);
});

test("a straight line correlates fully", () => {
  const line = correlationTrend(5);
  for (const price of [5, 4, 3, 2, 1]) line.next(price);
  expect(line.value).toBeCloseTo(-1, 12);
});
