import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { alma } from "./alma.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const line = alma(9).over(quotes).value;
  expect(line[8]).toBeCloseTo(214.26115905208576, 9);
  expect(line[60]).toBeCloseTo(223.22557472769017, 9);
  expect(line[149]).toBeCloseTo(235.87820354687338, 9);
});

test("an offset of 1 with a narrow bell gives the newest number", () => {
  const line = alma(3, { offset: 1, sigma: 1_000 });
  for (const price of [5, 7, 11]) line.next(price);
  expect(line.value).toBe(11);
});
