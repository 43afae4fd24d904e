import { expect, test } from "vitest";
import { exampleBars } from "../example-bars.ts";
import { linearRegChannel } from "./linear-reg-channel.ts";

test("it gives the line and the scatter about it that numpy's polyfit gives", () => {
  const line = linearRegChannel(8, { deviations: 2 });
  line.over(exampleBars);
  expect(line.middle).toBeCloseTo(215.7558333333333, 9);
  expect(line.upper - line.middle).toBeCloseTo(2 * 0.7330733778967476, 9);
  expect(line.middle - line.lower).toBeCloseTo(2 * 0.7330733778967476, 9);
});

test("on a straight line it has no width", () => {
  const line = linearRegChannel(5);
  for (let step = 0; step < 9; step += 1) line.next(100 + 3 * step);
  expect([line.upper, line.middle, line.lower]).toEqual([124, 124, 124]);
});
