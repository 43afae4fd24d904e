import { expect, test } from "vitest";
import { tsf } from "./tsf.ts";

// x = 100 + row² mod 23, and TA-Lib's TSF of it.
const numbers = [100, 101, 104, 109, 116, 102, 113, 103, 118, 112, 108, 106];

function run(line: ReturnType<typeof tsf>, series: readonly number[]): number[] {
  return series.map((number) => {
    line.next(number);
    return line.value;
  });
}

test.each(["exact", "talib"] as const)("by the %s method it gives TA-Lib's numbers", (method) => {
  const expected = [118.0, 110.6, 112.1, 104.1, 111.9, 117.1, 110.5, 108.2];
  run(tsf(5, { method }), numbers)
    .slice(4)
    .forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 10));
});

test("the line of a price that stands still stays at the price", () => {
  const flat = Array.from({ length: 20 }, () => 0.1);
  expect(run(tsf(14), flat).at(-1)).toBe(0.1);
});

test("on a price that rises by 2 a bar it goes on to the next price, however high it stands", () => {
  const ramp = Array.from({ length: 20 }, (_, row) => 2 ** 40 + 2 * row);
  expect(run(tsf(14), ramp).at(-1)).toBeCloseTo(2 ** 40 + 40, 10);
});
