import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { zScore } from "./z-score.ts";

test("it gives the numbers of pandas", () => {
  const expected = [-0.21304071579548398, 1.9847906537954485, 0.9223802579815206];
  lastOf(zScore(5).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 9));
});

test("it gives Skender's number over 14 bars", () => {
  expect(zScore(14).over(exampleBars).value[23]).toBeCloseTo(0.9278809283666518, 10);
});

test("a series that stands still is at its mean, up to the rounding of its numbers", () => {
  const line = zScore(4);
  for (let step = 0; step < 9; step += 1) line.next(step % 2 === 0 ? 0.3 : 0.1 + 0.2);
  expect(line.value).toBe(0);
});
