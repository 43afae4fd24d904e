import { expect, test } from "vitest";
import { htTrendMode } from "./ht-trendmode.ts";

function modes(prices: readonly number[]): string {
  const line = htTrendMode();
  return prices
    .map((price) => {
      line.next(price);
      return Number.isNaN(line.value) ? "" : String(line.value);
    })
    .join("");
}

test("it gives TA-Lib's numbers", () => {
  expect(modes(Array.from({ length: 160 }, (_, row) => 100 + ((row * row) % 23)))).toBe(
    "1111111111101011100011011001111111010111100010010011111111101111000100100111111111011110001001001",
  );
});

test("a price that grows by one percent a bar trends", () => {
  expect(modes(Array.from({ length: 160 }, (_, row) => 100 * 1.01 ** row))).toBe("1".repeat(97));
});

test("a small regular swing is a cycle", () => {
  expect(modes(Array.from({ length: 160 }, (_, row) => 100 + 0.5 * Math.sin((2 * Math.PI * row) / 20))).slice(5)).toBe("0".repeat(92));
});
