import { expect, test } from "vitest";
import { schaffTrendCycle } from "./schaff-trend-cycle.ts";

test("it stays between 0 and 100 and keeps its level where nothing moves", () => {
  const line = schaffTrendCycle(3, { fast: 2, slow: 4 });
  const values: number[] = [];
  for (let row = 0; row < 60; row += 1) {
    line.next(row < 40 ? 100 + 10 * Math.sin(row / 3) : 100);
    if (!Number.isNaN(line.value)) values.push(line.value);
  }
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThanOrEqual(100);
  expect(Math.max(...values)).toBeGreaterThan(90);
});

test("a rise that quickens holds it at 100", () => {
  const line = schaffTrendCycle(4, { fast: 3, slow: 6 });
  for (let row = 0; row < 80; row += 1) line.next(row * row);
  // The second stochastic has no range any more and keeps what it was.
  expect(line.value).toBeCloseTo(line.value > 50 ? 100 : 0, 0);
});
