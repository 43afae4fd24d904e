import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { connorsRsi } from "./connors-rsi.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const line = connorsRsi().over(quotes).value;
  expect(line[101]).toBeCloseTo(40.75026118385346, 9);
  expect(line[120]).toBeCloseTo(67.4683941343221, 9);
  expect(line[149]).toBeCloseTo(73.55996620343102, 9);
});

test("a price that stands still ends the streak", () => {
  const line = connorsRsi(2, { streak: 2, rank: 1 });
  for (const price of [10, 11, 12, 12]) line.next(price);
  // The price has only risen: 100. Streaks 0, 1, 2, 0 have gains of 1 and 1, then a loss of 2: smoothed 0.5 and 1, a third.
  // The last change, none, is smaller than the one before: rank 0.
  expect(line.value).toBeCloseTo((100 + 100 / 3 + 0) / 3, 12);
});
