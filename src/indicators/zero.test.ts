import { expect, test } from "vitest";
import { SeriesZero, negligible } from "./zero.ts";

test("at prices of a hundredth and more it is TA-Lib's, below it shrinks with the price", () => {
  expect(negligible(50_000)).toBe(1e-8);
  expect(negligible(0.01)).toBe(1e-8);
  expect(negligible(0.00001)).toBeCloseTo(1e-11, 20);
  expect(negligible(-0.00001)).toBe(negligible(0.00001));
  expect(negligible(0)).toBe(0);
});

test("for a series that passes through zero the largest number seen decides", () => {
  const zero = new SeriesZero();
  zero.see(0.001);
  expect(zero.amount).toBe(negligible(0.001));
  expect(zero.isSettled).toBe(false);
  zero.see(-70);
  zero.see(0);
  expect(zero.amount).toBe(1e-8);
  expect(zero.isSettled).toBe(true);
});
