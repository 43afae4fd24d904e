import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { percentB } from "./percent-b.ts";

test("it gives the numbers of pandas-ta", () => {
  const expected = [0.4467398210511247, 0.9961976634488846, 0.7305950644953845];
  lastOf(percentB(5).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 12));
});

test("bands without width have the price in their middle", () => {
  const line = percentB(3);
  for (let step = 0; step < 5; step += 1) line.next(0.1);
  expect(line.value).toBe(0.5);
});
