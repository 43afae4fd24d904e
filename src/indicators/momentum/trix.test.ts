import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { trix } from "./trix.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = trix(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(28);
  expect(value[28]).toBeCloseTo(0.10388094169275774, 9);
  expect(value[94]).toBeCloseTo(-0.014525547479682377, 9);
  expect(value[159]).toBeCloseTo(-0.005400857776116652, 9);
});

test("constant growth shows as its rate", () => {
  const line = trix(4);
  for (let row = 0; row < 200; row += 1) line.next(1.01 ** row);
  expect(line.value).toBeCloseTo(1, 9);
});
