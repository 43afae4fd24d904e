import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { apo } from "./apo.ts";

const columns = sampleBars("walk", 160, 7);

test("it gives TA-Lib's numbers", () => {
  const { value } = apo({ fast: 5, slow: 9, average: "ema" }).over(columns);
  expect(value.findIndex(Number.isFinite)).toBe(8);
  expect(value[8]).toBeCloseTo(0.3680740740740731, 9);
  expect(value[84]).toBeCloseTo(-0.2961887004375825, 9);
  expect(value[159]).toBeCloseTo(-0.06772674305443616, 9);
});

test("periods in the wrong order are swapped", () => {
  expect(apo({ fast: 9, slow: 5 }).over(columns)).toEqual(apo({ fast: 5, slow: 9 }).over(columns));
});
