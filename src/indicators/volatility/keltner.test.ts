import { expect, test } from "vitest";
import { exampleBars } from "../example-bars.ts";
import { keltner } from "./keltner.ts";

test("it gives Skender's numbers", () => {
  const { upper, middle, lower } = keltner(20, { multiplier: 2, atrPeriod: 10 }).over(exampleBars);
  expect(upper[18]).toBeNaN();
  expect(upper[19]).toBeCloseTo(217.27319330883594, 10);
  expect(middle[19]).toBeCloseTo(214.525, 10);
  expect(lower[19]).toBeCloseTo(211.77680669116396, 10);
  expect(upper[23]).toBeCloseTo(217.64480635036784, 10);
  expect(middle[23]).toBeCloseTo(214.96584872044053, 10);
  expect(lower[23]).toBeCloseTo(212.28689109051322, 10);
});

test("the longer of both periods decides when it begins", () => {
  expect(keltner(20, { atrPeriod: 10 }).warmup).toBe(20);
  expect(keltner(5, { atrPeriod: 10 }).warmup).toBe(11);
});
