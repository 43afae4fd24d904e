import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { cmo } from "./cmo.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = cmo(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(10);
  expect(value[10]).toBeCloseTo(58.71886120996377, 9);
  expect(value[85]).toBeCloseTo(-30.05261959780595, 9);
  expect(value[159]).toBeCloseTo(-8.509866482788505, 9);
});

test("a series that only rises is at 100, one that only falls at −100, a still one at 0", () => {
  const run = (step: number): number => {
    const line = cmo(3);
    for (let row = 0; row < 10; row += 1) line.next(50 + row * step);
    return line.value;
  };
  expect([run(1), run(-1), run(0)]).toEqual([100, -100, 0]);
});
