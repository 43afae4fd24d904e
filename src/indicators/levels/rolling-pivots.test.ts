import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { rollingPivots } from "./rolling-pivots.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const { pivot, r1, r2, r3, s1, s2, s3 } = rollingPivots(20).over(quotes);
  expect(pivot[20]).toBeCloseTo(214.5, 9);
  expect(pivot[149]).toBeCloseTo(234.00666666666666, 9);
  expect(r1[20]).toBeCloseTo(217.48, 9);
  expect(r1[149]).toBeCloseTo(238.36333333333332, 9);
  expect(r2[20]).toBeCloseTo(220, 9);
  expect(r2[149]).toBeCloseTo(240.82666666666665, 9);
  expect(r3[20]).toBeCloseTo(222.98, 9);
  expect(r3[149]).toBeCloseTo(245.1833333333333, 9);
  expect(s1[20]).toBeCloseTo(211.98, 9);
  expect(s1[149]).toBeCloseTo(231.54333333333332, 9);
  expect(s2[20]).toBeCloseTo(209, 9);
  expect(s2[149]).toBeCloseTo(227.18666666666667, 9);
  expect(s3[20]).toBeCloseTo(206.48, 9);
  expect(s3[149]).toBeCloseTo(224.72333333333333, 9);
});

test("levels that a kind does not have are NaN", () => {
  const { r1, r2, s4 } = rollingPivots(5, { kind: "demark" }).over(quotes);
  expect(r1[149]).not.toBeNaN();
  expect([r2[149], s4[149]]).toEqual([NaN, NaN]);
});
