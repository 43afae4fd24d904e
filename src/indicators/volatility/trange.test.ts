import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { trange } from "./trange.ts";

test("it gives the numbers of TA-Lib", () => {
  const expected = [1.210000000000008, 1.6800000000000068, 0.75];
  lastOf(trange().over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 12));
});

test("a gap counts into it, and the first bar has none", () => {
  const line = trange();
  line.update({ openTime: 0, open: 10, high: 11, low: 9, close: 10, volume: 1 });
  expect(line.value).toBeNaN();
  line.update({ openTime: 1, open: 13, high: 14, low: 13, close: 14, volume: 1 });
  expect(line.value).toBe(4);
});
