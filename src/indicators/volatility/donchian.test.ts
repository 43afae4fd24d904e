import { expect, test } from "vitest";
import { exampleBars } from "../example-bars.ts";
import { donchian } from "./donchian.ts";

test("it gives the numbers of pandas-ta", () => {
  const line = donchian(5);
  line.over(exampleBars);
  expect([line.lower, line.middle, line.upper]).toEqual([213.82, 215.345, 216.87]);
});

test("this bar's own extremes are in it", () => {
  const { upper, lower } = donchian(1).over(exampleBars);
  expect(upper).toEqual(exampleBars.high);
  expect(lower).toEqual(exampleBars.low);
});
