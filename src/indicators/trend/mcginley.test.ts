import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { mcginley } from "./mcginley.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const line = mcginley(14, { factor: 0.6, seed: "first" }).over(quotes).value;
  expect(line[13]).toBeCloseTo(213.76751277399597, 9);
  expect(line[60]).toBeCloseTo(223.2402894762057, 9);
  expect(line[149]).toBeCloseTo(235.12029513903565, 9);
});

test("seeded with the mean it gives the numbers of LEAN", () => {
  const closes = [
    151.89, 149, 150.02, 151.91, 151.61, 152.11, 152.92, 154.29, 154.5, 154.78, 155.44, 156.03, 155.68, 155.9, 156.73, 155.83,
  ];
  const line = mcginley(14);
  const values = closes.map((close) => {
    line.next(close);
    return line.value;
  });
  expect(values[12]).toBeNaN();
  expect(values[13]).toBeCloseTo(153.29142857142855, 9);
  expect(values[14]).toBeCloseTo(153.51618543680198, 9);
  expect(values[15]).toBeCloseTo(153.67185830027788, 9);
});

test("a collapse takes the average to the price, not beyond it", () => {
  const line = mcginley(2);
  for (const price of [100, 100, 1]) line.next(price);
  expect(line.value).toBe(1);
});
