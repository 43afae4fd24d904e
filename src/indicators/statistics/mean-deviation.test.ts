import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { meanDeviation } from "./mean-deviation.ts";

test("it gives the numbers of pandas-ta", () => {
  const expected = [0.4080000000000041, 0.5200000000000159, 0.675999999999999];
  lastOf(meanDeviation(5).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 10));
});

test("it gives Skender's numbers over 20 bars", () => {
  const { value } = meanDeviation(20).over(exampleBars);
  expect(value[18]).toBeNaN();
  expect(value[19]).toBeCloseTo(0.785, 10);
  expect(value[23]).toBeCloseTo(0.889, 10);
});
