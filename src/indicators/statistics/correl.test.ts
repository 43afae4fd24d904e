import { expect, test } from "vitest";
import { correl } from "./correl.ts";

// x = 100 + row² mod 23, y = 50 + 3 · row² mod 17, and TA-Lib's CORREL of them.
const first = [100, 101, 104, 109, 116, 102, 113, 103, 118, 112, 108, 106];
const second = [50, 53, 62, 60, 64, 57, 56, 61, 55, 55, 61, 56];

function run(line: ReturnType<typeof correl>, one: readonly number[], other: readonly number[]): number[] {
  return one.map((number, row) => {
    line.next(number, other[row] as number);
    return line.value;
  });
}

test.each(["exact", "talib"] as const)("by the %s method it gives TA-Lib's numbers", (method) => {
  const expected = [
    0.825301036579, 0.790296723613, 0.289135293219, 0.334170625621, -0.072899286329, -0.750372159819, -0.870894826901, -0.68956043956,
  ];
  run(correl(5, { method }), first, second)
    .slice(4)
    .forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 10));
});

test("a series correlates wholly with itself and with its mirror, and never beyond", () => {
  const mirror = first.map((number) => 0.1 - number);
  for (const value of run(correl(5), first, first).slice(4)) {
    expect(value).toBeCloseTo(1, 12);
    expect(value).toBeLessThanOrEqual(1);
  }
  for (const value of run(correl(5), first, mirror).slice(4)) {
    expect(value).toBeCloseTo(-1, 12);
    expect(value).toBeGreaterThanOrEqual(-1);
  }
});

test("neither scale nor height of the numbers matter", () => {
  const scaled = run(
    correl(5),
    first.map((number) => number * 2 ** -30),
    second.map((number) => number + 2 ** 40),
  );
  scaled.slice(4).forEach((value, row) => expect(value).toBeCloseTo(run(correl(5), first, second)[row + 4] as number, 12));
});

test("a series that stands still correlates with nothing", () => {
  const flat = first.map(() => 0.1);
  expect(run(correl(5), first, flat).slice(4)).toEqual(Array.from({ length: 8 }, () => 0));
});
