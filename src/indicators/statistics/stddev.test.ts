import { expect, test } from "vitest";
import { stdDev } from "./stddev.ts";

// x = 100 + row² mod 23, and TA-Lib's STDDEV, times 2, of it.
const numbers = [100, 101, 104, 109, 116, 102, 113, 103, 118, 112, 108, 106];

function run(line: ReturnType<typeof stdDev>, series: readonly number[]): number[] {
  return series.map((number) => {
    line.next(number);
    return line.value;
  });
}

test.each(["exact", "talib"] as const)("by the %s method it gives TA-Lib's numbers", (method) => {
  const expected = [11.798304963, 11.0706820025, 10.5375518979, 10.925200227, 13.3026313187, 12.3028451994, 10.0717426496, 10.4];
  run(stdDev(5, { deviations: 2, method }), numbers)
    .slice(4)
    .forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 9));
});

test("it gives the published table", () => {
  // Achelis, Technical Analysis from A to Z, page 309.
  const closes = [21.4375, 21.6875, 22.125, 21.5625, 21.8125, 21.4375, 21.5, 21.1875, 20.6875, 20.9375];
  const values = run(stdDev(5), closes).slice(4);
  expect(values.map((value) => value.toFixed(4))).toEqual(["0.2358", "0.2358", "0.2531", "0.2016", "0.3758", "0.3052"]);
});

test("a price that stands still deviates by nothing, by either method", () => {
  const flat = Array.from({ length: 20 }, () => 0.1);
  expect(run(stdDev(3), flat).at(-1)).toBe(0);
  expect(run(stdDev(3, { method: "talib" }), flat).at(-1)).toBe(0);
});

test("the moves of a coin that costs a hundred-thousandth count, which TA-Lib takes for none", () => {
  const cheap = numbers.map((number) => number * 1e-7);
  expect(run(stdDev(5), cheap).at(-1)).toBeCloseTo(5.2e-7, 12);
  expect(run(stdDev(5, { method: "talib" }), cheap).at(-1)).toBe(0);
});
