import { expect, test } from "vitest";
import { roofing } from "./roofing.ts";

test("trend and noise are taken out, the swings between are kept", () => {
  expect(swing(20)).toBeGreaterThan(0.8);
  expect(swing(3)).toBeLessThan(0.05);
  expect(swing(500)).toBeLessThan(0.05);
});

/** Height of a sine of height 1 on a ramp after the filter. */
function swing(length: number): number {
  const line = roofing();
  let highest = 0;
  for (let row = 0; row < 3_000; row += 1) {
    line.next(row / 10 + Math.sin((2 * Math.PI * row) / length));
    if (row > 1_000) highest = Math.max(highest, line.value);
  }
  return highest;
}
