import { expect, test } from "vitest";
import { annualFactor } from "./annual.ts";

test("volatility grows with the root of time", () => {
  expect(annualFactor("test", {})).toBe(1);
  expect(annualFactor("test", { barsPerYear: 256 })).toBe(16);
});

test("a year has at least one bar", () => {
  expect(() => annualFactor("parkinson", { barsPerYear: 0.5 })).toThrow("parkinson: barsPerYear is a number from 1 to 31622400, got 0.5");
});
