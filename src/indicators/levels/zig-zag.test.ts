import { expect, test } from "vitest";
import { zigZag } from "./zig-zag.ts";

const run = (prices: readonly (readonly [number, number])[], percent: number): number[][] => {
  const line = zigZag(percent);
  return prices.map(([high, low]) => {
    line.update({ openTime: 0, open: low, high, low, close: high, volume: 1 });
    return [line.pivot, line.direction, line.age];
  });
};

test("a turning point appears when the price has moved away from it, never before", () => {
  const states = run(
    [
      [100, 99],
      [105, 101],
      [110, 106],
      [108, 104],
      [103, 98],
      [102, 97],
      [108, 103],
    ],
    10,
  );
  // 99 is certain when 108.9 is reached, 110 when 99 is, 97 when 106.7 is.
  expect(states).toEqual([
    [NaN, NaN, NaN],
    [NaN, NaN, NaN],
    [99, 1, 2],
    [99, 1, 3],
    [110, -1, 2],
    [110, -1, 3],
    [97, 1, 1],
  ]);
});

test("a bar that sets an extreme does not confirm it by its own other end", () => {
  const states = run(
    [
      [100, 99],
      [115, 110],
      [130, 100],
      [129, 118],
    ],
    10,
  );
  expect(states[2]?.slice(0, 2)).toEqual([99, 1]);
  // The next bar does not fall far enough below 130 either; 117 would.
  expect(states[3]?.slice(0, 2)).toEqual([99, 1]);
});
