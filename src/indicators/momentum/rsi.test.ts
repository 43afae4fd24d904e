import { expect, test } from "vitest";
import { rsi } from "./rsi.ts";

// StockCharts' ChartSchool example of Wilder's index over 14 days.
const closes = [
  44.34, 44.09, 44.15, 43.61, 44.33, 44.83, 45.1, 45.42, 45.84, 46.08, 45.89, 46.03, 45.61, 46.28, 46.28, 46.0, 46.03, 46.41, 46.22, 45.64,
];

test("it follows the published example", () => {
  const line = rsi(14);
  const values = closes.map((close) => {
    line.next(close);
    return line.value;
  });
  expect(values.findIndex(Number.isFinite)).toBe(14);
  expect(values.slice(14).map((value) => value.toFixed(2))).toEqual(["70.46", "66.25", "66.48", "69.35", "66.29", "57.92"]);
});

test("a series that has not moved is at 0, one that only rises at 100", () => {
  const flat = rsi(3);
  const rising = rsi(3);
  for (let step = 0; step < 10; step += 1) {
    flat.next(5);
    rising.next(5 + step);
  }
  expect(flat.value).toBe(0);
  expect(rising.value).toBe(100);
});

test("moves of a coin that costs a hundred-thousandth count as moves", () => {
  const plain = rsi(14);
  const cheap = rsi(14);
  for (const close of closes) {
    plain.next(close);
    cheap.next(close * 2 ** -22);
  }
  expect(cheap.value).toBe(plain.value);
});
