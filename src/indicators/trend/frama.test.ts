import { expect, test } from "vitest";
import { frama } from "./frama.ts";

test("a price that crosses its range in a line is followed at once", () => {
  const line = frama(4);
  for (let price = 1; price <= 12; price += 1) line.update({ openTime: 0, open: price, high: price, low: price, close: price, volume: 1 });
  // Halves of range 1 over 2 bars, a whole of 3 over 4: the dimension is log2(4 / 3), its weight held at 1.
  expect(line.value).toBe(12);
});

test("a price that fills its range is followed slowly", () => {
  const line = frama(4);
  const prices = [10, 20, 10, 20, 10, 20];
  for (const price of prices) line.update({ openTime: 0, open: price, high: price, low: price, close: price, volume: 1 });
  // Both halves span 10 over 2 bars, the whole 10 over 4: dimension 2, weight exp(−4.6). From 20 to 10 and 20.
  const weight = Math.exp(-4.6);
  const first = 20 - 10 * weight;
  expect(line.value).toBeCloseTo(first + weight * (20 - first), 12);
});

test("an odd period is refused", () => {
  expect(() => frama(5)).toThrow("half the period");
});
