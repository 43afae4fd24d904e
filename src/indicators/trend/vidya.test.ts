import { expect, test } from "vitest";
import { vidya } from "./vidya.ts";

const closes = [2371100, 2364700, 2397800, 2382700, 2384200, 2377100, 2370000, 2365600, 2368600, 2376900, 2378100, 2369000, 2389500];

test("with a smoothed momentum it gives the numbers of LEAN", () => {
  const values = run(vidya(9, { momentum: "wilder" }));
  expect(values[8]).toBeNaN();
  expect(values[9]).toBeCloseTo(2368711.953, 3);
  expect(values[10]).toBeCloseTo(2368865.644, 3);
  expect(values[12]).toBeCloseTo(2369666.705, 3);
});

test("the first value is the same whichever way the momentum is gathered", () => {
  expect(run(vidya(9))[9]).toBeCloseTo(2368711.953, 3);
});

test("in a straight line it moves like an exponential average", () => {
  const line = vidya(3);
  for (const price of [1, 2, 3, 4, 5]) line.next(price);
  // From 3 half-way to 4, then half-way to 5.
  expect(line.value).toBe(4.25);
});

function run(line: ReturnType<typeof vidya>): number[] {
  return closes.map((close) => {
    line.next(close);
    return line.value;
  });
}
