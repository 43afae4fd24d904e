import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { hma } from "./hma.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const line = hma(14).over(quotes).value;
  expect(line[15]).toBeCloseTo(214.63069047619047, 9);
  expect(line[60]).toBeCloseTo(222.4369126984127, 9);
  expect(line[149]).toBeCloseTo(235.85093650793652, 9);
});

test("a ramp is followed without lag", () => {
  const line = hma(9);
  for (let price = 1; price <= 30; price += 1) line.next(price);
  // Twice the half's lag of 1 less the whole's of 8 / 3, then that of the root's average: −2 + 8 / 3 − 2 / 3 = 0.
  expect(line.value).toBeCloseTo(30, 9);
});
