import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { dema } from "./dema.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = dema(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(18);
  expect(value[18]).toBeCloseTo(102.04903005536944, 9);
  expect(value[89]).toBeCloseTo(102.31075969278045, 9);
  expect(value[159]).toBeCloseTo(101.113002030859, 9);
});

test("on a straight line it has no lag", () => {
  const line = dema(5);
  for (let value = 0; value < 200; value += 1) line.next(value);
  expect(line.value).toBeCloseTo(199, 9);
});
