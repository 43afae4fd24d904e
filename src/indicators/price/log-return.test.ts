import { expect, test } from "vitest";
import { logReturn } from "./log-return.ts";

function run(period: number, numbers: readonly number[]): number[] {
  const line = logReturn(period);
  return numbers.map((number) => {
    line.next(number);
    return line.value;
  });
}

test("the returns of single bars add up to that of several", () => {
  const [, second, third] = run(1, [100, 110, 99]) as [number, number, number];
  expect(second).toBeCloseTo(Math.log(1.1), 15);
  expect(second + third).toBeCloseTo(run(2, [100, 110, 99])[2] as number, 15);
});

test("a price of zero has no return, nor has the bar that looks back at it", () => {
  expect(run(1, [1, 0, 1, 1])).toEqual([NaN, NaN, NaN, 0]);
});
