import { expect, test } from "vitest";
import { laguerre } from "./laguerre.ts";

test("with gamma 0 it is a weighted average of the last four numbers", () => {
  const line = laguerre({ gamma: 0 });
  for (const price of [1, 5, 11, 23]) line.next(price);
  expect(line.value).toBe((23 + 2 * 11 + 2 * 5 + 1) / 6);
});

test("its stages follow Ehlers' formulas", () => {
  const line = laguerre({ gamma: 0.8 });
  for (const price of [10, 20]) line.next(price);
  // l0 = 12, l1 = −0.8 · 12 + 10 + 0.8 · 10 = 8.4, l2 = −0.8 · 8.4 + 10 + 8 = 11.28, l3 = −0.8 · 11.28 + 18 = 8.976.
  expect(line.value).toBeCloseTo((12 + 2 * 8.4 + 2 * 11.28 + 8.976) / 6, 12);
});
