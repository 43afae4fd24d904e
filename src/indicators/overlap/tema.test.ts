import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { tema } from "./tema.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = tema(10).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(27);
  expect(value[27]).toBeCloseTo(102.79452121981068, 9);
  expect(value[93]).toBeCloseTo(103.1641010181732, 9);
  expect(value[159]).toBeCloseTo(101.05270518104619, 9);
});

test("on a straight line it has no lag", () => {
  const line = tema(5);
  for (let value = 0; value < 200; value += 1) line.next(value);
  expect(line.value).toBeCloseTo(199, 9);
});
