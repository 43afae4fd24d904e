import { expect, test } from "vitest";
import { sum } from "./sum.ts";

function run(period: number, numbers: readonly number[]): number[] {
  const line = sum(period);
  return numbers.map((number) => {
    line.next(number);
    return line.value;
  });
}

test("it adds up the window", () => {
  expect(run(3, [1, 2, 3, 4, 5])).toEqual([NaN, NaN, 6, 9, 12]);
});

test("a spike that has left costs the small numbers behind it no digits", () => {
  expect(run(3, [1e17, 0.1, 0.2, 0.3, 0.4]).at(-1)).toBeCloseTo(0.9, 15);
});

test("a million steps leave no drift", () => {
  const line = sum(2);
  for (let step = 0; step < 1_000_000; step += 1) line.next(step % 7 === 0 ? 12_345.678 : 0.1);
  line.next(0);
  line.next(0);
  expect(line.value).toBe(0);
});
