import { expect, test } from "vitest";
import { laguerreRsi } from "./laguerre-rsi.ts";

test("its stages follow Ehlers' formulas", () => {
  const line = laguerreRsi({ gamma: 0.5 });
  for (const price of [10, 20]) line.next(price);
  // l0 = 15, l1 = 7.5, l2 = 11.25, l3 = 9.375: rises 7.5 and 1.875 among steps that add 3.75.
  expect(line.value).toBeCloseTo(9.375 / 13.125, 12);
});

test("a straight rise is at 1, a fall at 0", () => {
  const line = laguerreRsi();
  for (let price = 1; price <= 50; price += 1) line.next(price);
  expect(line.value).toBe(1);
  for (let price = 50; price >= 1; price -= 1) line.next(price);
  expect(line.value).toBe(0);
});
