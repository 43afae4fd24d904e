import { expect, test } from "vitest";
import { ConfigurationError } from "../base/errors.ts";
import { oneOf, realNumber, wholeNumber } from "./parameters.ts";

test("what is within its limits passes", () => {
  expect(wholeNumber("ema", "period", 14)).toBe(14);
  expect(realNumber("t3", "volumeFactor", 0.7, { min: 0, max: 1 })).toBe(0.7);
  expect(oneOf("ema", "seed", "first", ["average", "first"])).toBe("first");
});

test("the message names the indicator, the parameter, the limits and what came", () => {
  expect(() => wholeNumber("ema", "period", 0)).toThrow("ema: period is a whole number from 1 to 100000, got 0");
  expect(() => wholeNumber("ema", "period", "14" as unknown as number)).toThrow(ConfigurationError);
  expect(() => realNumber("t3", "volumeFactor", NaN, { min: 0, max: 1 })).toThrow("t3: volumeFactor is a number from 0 to 1, got NaN");
  expect(() => oneOf("ema", "seed", "last", ["average", "first"])).toThrow("ema: seed is one of average, first, got last");
});
