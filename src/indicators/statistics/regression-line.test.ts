import { expect, test } from "vitest";
import { RegressionLine } from "./regression-line.ts";

test("the line starts at the oldest number of the window", () => {
  const line = new RegressionLine("test", 3);
  expect(line.push(9)).toBe(false);
  for (const number of [10, 12, 14]) line.push(number);
  expect([line.intercept, line.slope, line.residuals()]).toEqual([10, 2, 0]);
});

test("what is off the line is left over", () => {
  const line = new RegressionLine("test", 3);
  for (const number of [0, 3, 0]) line.push(number);
  expect([line.intercept, line.slope, line.residuals()]).toEqual([1, 0, 6]);
});

test("a method that does not exist is refused in the name of its owner", () => {
  expect(() => new RegressionLine("tsf", 3, { method: "quick" as "exact" })).toThrow("tsf: method is one of exact, talib, got quick");
});
