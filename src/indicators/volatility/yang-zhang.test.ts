import { expect, test } from "vitest";
import { columnsOf } from "../../domain/bar.ts";
import { exampleBars, lastOf } from "../example-bars.ts";
import { createRandom } from "../../base/random.ts";
import { yangZhang } from "./yang-zhang.ts";

test("it gives the numbers of the formula written in numpy", () => {
  const expected = [0.005012377666060247, 0.005661636354273646, 0.004871641253759649];
  lastOf(yangZhang(5).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 12));
});

test("bars in a year scale it by their root", () => {
  const bar = lastOf(yangZhang(5).over(exampleBars).value, 1)[0] as number;
  expect(lastOf(yangZhang(5, { barsPerYear: 4 }).over(exampleBars).value, 1)[0]).toBe(2 * bar);
});

/** Bars of a random walk without drift that moves by one percent a bar, seen at 400 prices each. */
function walk(bars: number) {
  const random = createRandom(7);
  let price = 100;
  return columnsOf(
    Array.from({ length: bars }, (_, row) => {
      const open = price;
      let [high, low] = [price, price];
      for (let step = 0; step < 400; step += 1) {
        price *= Math.exp((0.01 / 20) * random.normal());
        high = Math.max(high, price);
        low = Math.min(low, price);
      }
      return { openTime: row, open, high, low, close: price, volume: 1 };
    }),
  );
}

test("it recovers the volatility of a random walk", () => {
  const value = yangZhang(2_000).over(walk(2_001)).value.at(-1) as number;
  expect(value / 0.01).toBeGreaterThan(0.93);
  expect(value / 0.01).toBeLessThan(1.05);
});
