import { expect, test } from "vitest";
import { htSine } from "./ht-sine.ts";

test("it gives TA-Lib's numbers", () => {
  const line = htSine();
  const rows = Array.from({ length: 160 }, (_, row) => {
    line.next(100 + ((row * row) % 23));
    return [line.sine, line.leadSine] as const;
  });
  expect(rows[62]).toEqual([NaN, NaN]);
  expect(rows[63]?.[0]).toBeCloseTo(-0.5604159475518639, 10);
  expect(rows[63]?.[1]).toBeCloseTo(-0.981907746819758, 10);
  expect(rows[159]?.[0]).toBeCloseTo(-0.7266121475316549, 10);
  expect(rows[159]?.[1]).toBeCloseTo(-0.9996085905491161, 10);
});

test("the leading line is an eighth of a cycle ahead", () => {
  const line = htSine();
  const rows = Array.from({ length: 300 }, (_, row) => {
    line.next(100 + 10 * Math.sin((2 * Math.PI * row) / 24));
    return { sine: line.sine, leadSine: line.leadSine };
  });
  for (let row = 200; row < 290; row += 1) expect(Math.abs((rows[row]?.leadSine ?? NaN) - (rows[row + 3]?.sine ?? NaN))).toBeLessThan(0.1);
});
