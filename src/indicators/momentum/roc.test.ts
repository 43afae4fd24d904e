import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { roc } from "./roc.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = roc(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(10);
  expect(value[10]).toBeCloseTo(1.6516516516516422, 9);
  expect(value[85]).toBeCloseTo(-1.0084359546203792, 9);
  expect(value[159]).toBeCloseTo(-0.07910610105804627, 9);
});

test("from 50 to 60 it is 20", () => {
  const line = roc(2);
  for (const value of [50, 55, 60]) line.next(value);
  expect(line.value).toBeCloseTo(20, 12);
});

test("against zero it is 0, never infinite", () => {
  const line = roc(1);
  for (const value of [0, 5]) line.next(value);
  expect(line.value).toBe(0);
});
