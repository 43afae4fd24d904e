import { expect, test } from "vitest";
import { Lag } from "./lag.ts";

test("it gives the number some steps before, NaN while there is none", () => {
  const lag = new Lag(2);
  expect([1, 2, 3, 4].map((value) => lag.push(value))).toEqual([NaN, NaN, 1, 2]);
  lag.reset();
  expect(lag.push(5)).toBeNaN();
});
