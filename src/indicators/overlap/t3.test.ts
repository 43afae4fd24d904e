import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { ema } from "./ema.ts";
import { t3 } from "./t3.ts";

const columns = sampleBars("walk", 160, 7);

test("it gives TA-Lib's numbers", () => {
  const { value } = t3(6, { volumeFactor: 0.5 }).over(columns);
  expect(value.findIndex(Number.isFinite)).toBe(30);
  expect(value[30]).toBeCloseTo(102.52029159023198, 9);
  expect(value[95]).toBeCloseTo(102.78032103094071, 9);
  expect(value[159]).toBeCloseTo(101.2554537365915, 9);
});

test("without a volume factor it is the third average of an average", () => {
  const third = ema(4)
    .of(ema(4).of(ema(4)))
    .over(columns).value[159] as number;
  expect(t3(4, { volumeFactor: 0 }).over(columns).value[159]).toBeCloseTo(third, 9);
});
