import { expect, test } from "vitest";
import { linearRegAngle } from "./linearreg-angle.ts";

// x = 100 + row² mod 23, and TA-Lib's LINEARREG_ANGLE of it.
const numbers = [100, 101, 104, 109, 116, 102, 113, 103, 118, 112, 108, 106];

function run(line: ReturnType<typeof linearRegAngle>, series: readonly number[]): number[] {
  return series.map((number) => {
    line.next(number);
    return line.value;
  });
}

test.each(["exact", "talib"] as const)("by the %s method it gives TA-Lib's numbers", (method) => {
  const expected = [
    75.96375653207, 54.46232220803, 47.72631099391, -56.30993247402, 26.56505117708, 68.19859051365, -5.7105931375, -21.80140948635,
  ];
  run(linearRegAngle(5, { method }), numbers)
    .slice(4)
    .forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 10));
});

test("the line of a price that stands still is exactly level", () => {
  const flat = Array.from({ length: 20 }, () => 0.1);
  expect(run(linearRegAngle(14), flat).at(-1)).toBe(0);
});

test("on a price that rises by 2 a bar it rises at the angle whose tangent is the step, however high it stands", () => {
  const ramp = Array.from({ length: 20 }, (_, row) => 2 ** 40 + 2 * row);
  expect(run(linearRegAngle(14), ramp).at(-1)).toBeCloseTo((Math.atan(2) * 180) / Math.PI, 10);
});
