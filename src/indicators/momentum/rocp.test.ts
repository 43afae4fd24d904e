import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { rocp } from "./rocp.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = rocp(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(10);
  expect(value[10]).toBeCloseTo(0.01651651651651643, 9);
  expect(value[85]).toBeCloseTo(-0.010084359546203743, 9);
  expect(value[159]).toBeCloseTo(-0.0007910610105804241, 9);
});

test("from 50 to 60 it is 0.2", () => {
  const line = rocp(2);
  for (const value of [50, 55, 60]) line.next(value);
  expect(line.value).toBeCloseTo(0.2, 12);
});

test("against zero it is 0, never infinite", () => {
  const line = rocp(1);
  for (const value of [0, 5]) line.next(value);
  expect(line.value).toBe(0);
});
