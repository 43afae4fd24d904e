import { expect, test } from "vitest";
import { exampleBars } from "../example-bars.ts";
import { createRandom } from "../../base/random.ts";
import { lagHurst } from "./lag-hurst.ts";

function endOf(memory: number): number {
  const random = createRandom(11);
  const line = lagHurst(1_000);
  let [price, move] = [100, 0];
  for (let step = 0; step < 1_000; step += 1) {
    move = memory * move + random.normal();
    price += move;
    line.next(price);
  }
  return line.value;
}

test("a random walk is near one half, moves that go on above it and moves that turn back below", () => {
  expect(Math.abs(endOf(0) - 0.5)).toBeLessThan(0.06);
  expect(endOf(0.6)).toBeGreaterThan(0.55);
  expect(endOf(-0.6)).toBeLessThan(0.45);
});

test("it gives the numbers of the definition written in numpy", () => {
  expect(lagHurst(20, { lag: 5 }).over(exampleBars).value.at(-1)).toBeCloseTo(0.31192028559341906, 10);
});

test("a window that does not hold the longest lag is refused", () => {
  expect(() => lagHurst(10, { lag: 9 })).toThrow("period is at least lag + 2");
});

test("a price that stands still or rises by the same step has no exponent", () => {
  for (const slope of [0, 0.1]) {
    const line = lagHurst(20, { lag: 5 });
    for (let step = 0; step < 30; step += 1) line.next(100 + slope * step);
    expect(line.value).toBeNaN();
  }
});
