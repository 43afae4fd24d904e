import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { historicalVolatility } from "./historical-volatility.ts";

test("it is the sample deviation of the logarithmic returns", () => {
  const expected = [0.0028467312100870054, 0.0046280286383707505, 0.0033000910848558582];
  lastOf(historicalVolatility(5).over(exampleBars).value, 3).forEach((value, index) =>
    expect(value).toBeCloseTo(expected[index] as number, 12),
  );
});

test("about zero it is realised volatility", () => {
  const expected = [0.002887391185504049, 0.004152043304530785, 0.003188474394579567];
  lastOf(historicalVolatility(5, { center: "zero" }).over(exampleBars).value, 3).forEach((value, index) =>
    expect(value).toBeCloseTo(expected[index] as number, 12),
  );
});

test("of a year it gives the numbers of pandas-ta", () => {
  const expected = [4.519045698802009, 7.346767702568131, 5.238732188633366];
  const { value } = historicalVolatility(5, { barsPerYear: 252 }).over(exampleBars);
  lastOf(value, 3).forEach((one, index) => expect(100 * one).toBeCloseTo(expected[index] as number, 9));
});

test("a price of zero blinds it until it has left the window", () => {
  const line = historicalVolatility(2);
  const values = [1, 2, 0, 4, 8, 16].map((price) => {
    line.next(price);
    return line.value;
  });
  expect(values).toEqual([NaN, NaN, NaN, NaN, NaN, 0]);
});
