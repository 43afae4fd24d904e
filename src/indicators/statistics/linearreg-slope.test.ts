import { expect, test } from "vitest";
import { linearRegSlope } from "./linearreg-slope.ts";

// x = 100 + row² mod 23, and TA-Lib's LINEARREG_SLOPE of it.
const numbers = [100, 101, 104, 109, 116, 102, 113, 103, 118, 112, 108, 106];

function run(line: ReturnType<typeof linearRegSlope>, series: readonly number[]): number[] {
  return series.map((number) => {
    line.next(number);
    return line.value;
  });
}

test.each(["exact", "talib"] as const)("by the %s method it gives TA-Lib's numbers", (method) => {
  const expected = [4.0, 1.4, 1.1, -1.5, 0.5, 2.5, -0.1, -0.4];
  run(linearRegSlope(5, { method }), numbers)
    .slice(4)
    .forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 10));
});

test("the line of a price that stands still is exactly level", () => {
  const flat = Array.from({ length: 20 }, () => 0.1);
  expect(run(linearRegSlope(14), flat).at(-1)).toBe(0);
});

test("on a price that rises by 2 a bar it rises as the price does, however high it stands", () => {
  const ramp = Array.from({ length: 20 }, (_, row) => 2 ** 40 + 2 * row);
  expect(run(linearRegSlope(14), ramp).at(-1)).toBeCloseTo(2, 10);
});
