import { expect, test } from "vitest";
import { elderImpulse } from "./elder-impulse.ts";

test("it is 1 while a rise quickens, 0 while it slows down, −1 while a fall quickens", () => {
  const line = elderImpulse(3, { fast: 2, slow: 4, signal: 2 });
  let price = 100;
  const run = (steps: readonly number[]): number => {
    for (const step of steps) {
      price += step;
      line.next(price);
    }
    return line.value;
  };
  expect(run([1, 1, 1, 1, 1, 1, 4, 8])).toBe(1);
  expect(run([8, 4, 2, 1])).toBe(0);
  expect(run([-2, -8, -20])).toBe(-1);
});
