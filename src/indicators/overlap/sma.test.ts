import { expect, test } from "vitest";
import { ConfigurationError } from "../../base/errors.ts";
import { sma } from "./sma.ts";

test("the mean of the last numbers follows the window", () => {
  const line = sma(5);
  const values = [11, 12, 13, 14, 15, 16, 17].map((value) => {
    line.next(value);
    return line.value;
  });
  // StockCharts' ChartSchool, "Moving Averages": the 5-day average of these closes is 13, 14, 15.
  expect(values).toEqual([NaN, NaN, NaN, NaN, 13, 14, 15]);
});

test("a period that is not a positive whole number is refused", () => {
  for (const period of [0, -1, 2.5, NaN, Infinity]) expect(() => sma(period)).toThrow(ConfigurationError);
  expect(() => sma(2.5)).toThrow("sma: period is a whole number from 1 to 100000, got 2.5");
});
