import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { dx } from "./dx.ts";

const columns = sampleBars("walk", 160, 7);

test("it gives TA-Lib's numbers", () => {
  const { value } = dx(10).over(columns);
  expect(value.findIndex(Number.isFinite)).toBe(10);
  expect(value[10]).toBeCloseTo(49.32896890343721, 9);
  expect(value[85]).toBeCloseTo(48.135353622248836, 9);
  expect(value[159]).toBeCloseTo(49.100995961398354, 9);
});

test("it does not depend on the side", () => {
  const mirrored = {
    ...columns,
    high: columns.low.map((low) => 200 - low),
    low: columns.high.map((high) => 200 - high),
    close: columns.close.map((close) => 200 - close),
  };
  expect(dx(10).over(mirrored).value[159]).toBeCloseTo(dx(10).over(columns).value[159] as number, 9);
});
