import { expect, test } from "vitest";
import { superSmoother } from "./super-smoother.ts";

test("a swing of the period's length loses half its power, a much shorter one nearly all", () => {
  expect(swingLeft(20)).toBeCloseTo(Math.SQRT1_2, 1);
  expect(swingLeft(4)).toBeLessThan(0.05);
  expect(swingLeft(200)).toBeCloseTo(1, 1);
});

test("a price that stands still is left as it is", () => {
  const line = superSmoother(10);
  for (let row = 0; row < 50; row += 1) line.next(123.456);
  expect(line.value).toBeCloseTo(123.456, 12);
});

/** Height of a sine of height 1 after a super smoother of 20 bars. */
function swingLeft(length: number): number {
  const line = superSmoother(20);
  let highest = 0;
  for (let row = 0; row < 1_000; row += 1) {
    line.next(Math.sin((2 * Math.PI * row) / length + 0.1));
    if (row > 500) highest = Math.max(highest, line.value);
  }
  return highest;
}
