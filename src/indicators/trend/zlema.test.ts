import { expect, test } from "vitest";
import { zlema } from "./zlema.ts";

test("it averages each number plus its change over the lag", () => {
  const line = zlema(3);
  const values = [10, 11, 13, 12, 15].map((price) => {
    line.next(price);
    return line.value;
  });
  // With a lag of 1 the numbers averaged are 12, 15, 11 and 18; their mean of three is 38 / 3.
  expect(values.slice(0, 3)).toEqual([NaN, NaN, NaN]);
  expect(values[3]).toBeCloseTo(38 / 3, 12);
  expect(values[4]).toBeCloseTo((38 / 3 + 18) / 2, 12);
});

test("a ramp is followed without lag", () => {
  const line = zlema(11);
  for (let price = 1; price <= 200; price += 1) line.next(price);
  expect(line.value).toBeCloseTo(200, 9);
});
