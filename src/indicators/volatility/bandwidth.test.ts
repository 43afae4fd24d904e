import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { bandwidth } from "./bandwidth.ts";

test("it gives the numbers of pandas-ta", () => {
  const expected = [0.009592814226419217, 0.012164756758183652, 0.013072365015960853];
  lastOf(bandwidth(5).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 12));
});

test("a price that stands still has bands without width", () => {
  const line = bandwidth(3);
  for (let step = 0; step < 5; step += 1) line.next(0.1);
  expect(line.value).toBe(0);
});
