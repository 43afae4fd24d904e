import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { ppo } from "./ppo.ts";

test("it gives TA-Lib's numbers", () => {
  const { value } = ppo({ fast: 5, slow: 9, average: "ema" }).over(sampleBars("walk", 160, 7));
  expect(value.findIndex(Number.isFinite)).toBe(8);
  expect(value[8]).toBeCloseTo(0.3682254556502849, 9);
  expect(value[84]).toBeCloseTo(-0.2887998039058266, 9);
  expect(value[159]).toBeCloseTo(-0.06693182384683868, 9);
});

test("a slow average of zero gives 0", () => {
  const line = ppo({ fast: 2, slow: 4 });
  for (const value of [1, -1, 1, -1]) line.next(value);
  expect(line.value).toBe(0);
});
