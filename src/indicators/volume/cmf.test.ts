import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { cmf } from "./cmf.ts";

test("it gives the numbers of pandas-ta", () => {
  const expected = [0.221304652762104, 0.4138965416998647, 0.3735298161754569];
  lastOf(cmf(5).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 12));
});

test("it gives Skender's numbers over 20 bars", () => {
  const { value } = cmf(20).over(exampleBars);
  expect(value[18]).toBeNaN();
  expect(value[19]).toBeCloseTo(0.3182533274349976, 12);
  expect(value[23]).toBeCloseTo(0.25252226712755627, 12);
});

test("without any volume there is no flow, also after a spike has left the window", () => {
  const line = cmf(2);
  for (const volume of [1e15, 0.1, 0, 0]) line.update({ openTime: 0, open: 2, high: 3, low: 1, close: 3, volume });
  expect(line.value).toBe(0);
});
