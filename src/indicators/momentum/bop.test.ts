import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { bop } from "./bop.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = bop().over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(0);
  expect(value[0]).toBeCloseTo(-0.16666666666664473, 9);
  expect(value[80]).toBeCloseTo(-0.45454545454546336, 9);
  expect(value[159]).toBeCloseTo(0.19999999999999368, 9);
});

test("a bar without range is in balance", () => {
  expect(bop().over(sampleBars("flat", 3)).value[2]).toBe(0);
});
