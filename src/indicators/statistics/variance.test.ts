import { expect, test } from "vitest";
import { variance } from "./variance.ts";

// x = 100 + row² mod 23, and TA-Lib's VAR of it.
const numbers = [100, 101, 104, 109, 116, 102, 113, 103, 118, 112, 108, 106];

function run(line: ReturnType<typeof variance>, series: readonly number[]): number[] {
  return series.map((number) => {
    line.next(number);
    return line.value;
  });
}

test.each(["exact", "talib"] as const)("by the %s method it gives TA-Lib's numbers", (method) => {
  const expected = [34.8, 30.64, 27.76, 29.84, 44.24, 37.84, 25.36, 27.04];
  run(variance(5, { method }), numbers)
    .slice(4)
    .forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 9));
});

test("the height of the numbers costs no digits", () => {
  const high = run(
    variance(5),
    numbers.map((number) => number + 2 ** 40),
  );
  expect(high).toEqual(run(variance(5), numbers));
});

test("a spike that has left leaves nothing behind, where TA-Lib's sums keep its loss", () => {
  const spike = [1e9, ...numbers];
  expect(run(variance(5), spike).slice(9)).toEqual(run(variance(5), numbers).slice(8));
  expect(run(variance(5, { method: "talib" }), spike).at(-1)).not.toBeCloseTo(run(variance(5), numbers).at(-1) as number, 0);
});

test.each([0.1, 1 / 3, 1e-9, 65_432.1, 1e15])("numbers that all are %d have a variance of exactly zero", (number) => {
  expect(
    run(
      variance(7),
      Array.from({ length: 20 }, () => number),
    ).slice(6),
  ).toEqual(Array.from({ length: 14 }, () => 0));
});
