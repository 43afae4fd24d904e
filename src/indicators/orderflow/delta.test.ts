import { expect, test } from "vitest";
import { delta } from "./delta.ts";

const at = (high: number, low: number, close: number, volume: number): number[] => {
  const line = delta();
  line.update({ openTime: 0, open: low, high, low, close, volume });
  return [line.value, line.buys, line.sells];
};

test("the volume is split by where the bar closes", () => {
  expect(at(12, 8, 12, 10)).toEqual([10, 10, 0]);
  expect(at(12, 8, 8, 10)).toEqual([-10, 0, 10]);
  expect(at(12, 8, 11, 10)).toEqual([5, 7.5, 2.5]);
  expect(at(8, 8, 8, 10)).toEqual([0, 5, 5]);
});
