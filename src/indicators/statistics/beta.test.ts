import { expect, test } from "vitest";
import { beta } from "./beta.ts";

// x = 100 + row² mod 23, y = 50 + 3 · row² mod 17, and TA-Lib's BETA of them.
const first = [100, 101, 104, 109, 116, 102, 113, 103, 118, 112, 108, 106];
const second = [50, 53, 62, 60, 64, 57, 56, 61, 55, 55, 61, 56];

function run(line: ReturnType<typeof beta>, one: readonly number[], other: readonly number[]): number[] {
  return one.map((number, row) => {
    line.next(number, other[row] as number);
    return line.value;
  });
}

test.each(["exact", "talib"] as const)("by the %s method it gives TA-Lib's numbers", (method) => {
  const expected = [0.945719355689, 0.566178720587, 0.151946483779, -0.090016751978, -0.191924293015, -0.676824708458, -0.745206468014];
  run(beta(5, { method }), first, second)
    .slice(5)
    .forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 10));
});

test("what moves twice as far as the market has a beta of two", () => {
  const market = [100, 102, 99, 101, 104, 100];
  const asset = [50];
  for (let row = 1; row < market.length; row += 1) {
    asset.push((asset[row - 1] as number) * (1 + 2 * ((market[row] as number) / (market[row - 1] as number) - 1)));
  }
  expect(run(beta(5), market, asset).at(-1)).toBeCloseTo(2, 12);
});

test("a market whose returns do not differ gives 0, though rounding makes them differ in their last digits", () => {
  const market = Array.from({ length: 40 }, (_, row) => 100 * 1.01 ** row);
  const asset = market.map((_, row) => 50 + (row % 3));
  expect(run(beta(5), market, asset).at(-1)).toBe(0);
});

test("prices of zero give no infinity", () => {
  const values = run(beta(2), [0, 1, 0, 2, 0, 3], [1, 0, 2, 0, 3, 0]);
  expect(values.slice(2).every(Number.isFinite)).toBe(true);
});
