import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { natr } from "./natr.ts";

test("it gives the numbers of TA-Lib", () => {
  const expected = [0.6485635970098591, 0.670381318837132, 0.6066266704362545];
  lastOf(natr(5).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 12));
});

test("at a close of zero it is 0, not infinite", () => {
  const line = natr(2);
  for (const close of [1, 2, 0]) line.update({ openTime: 0, open: 1, high: 3, low: 0, close, volume: 1 });
  expect(line.value).toBe(0);
});
