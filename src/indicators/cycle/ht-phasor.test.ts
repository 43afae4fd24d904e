import { expect, test } from "vitest";
import { htPhasor } from "./ht-phasor.ts";

test("it gives TA-Lib's numbers", () => {
  const line = htPhasor();
  const rows = Array.from({ length: 160 }, (_, row) => {
    line.next(100 + ((row * row) % 23));
    return [line.inPhase, line.quadrature] as const;
  });
  expect(rows[31]).toEqual([NaN, NaN]);
  expect(rows[32]?.[0]).toBeCloseTo(8.006398739367368, 10);
  expect(rows[32]?.[1]).toBeCloseTo(0.564074703379352, 10);
  expect(rows[159]?.[0]).toBeCloseTo(0.7629716953134864, 10);
  expect(rows[159]?.[1]).toBeCloseTo(-6.932344405258974, 10);
});

test("the components of a pure swing stay on a circle", () => {
  const line = htPhasor();
  const radii: number[] = [];
  for (let row = 0; row < 300; row += 1) {
    line.next(100 + 10 * Math.sin((2 * Math.PI * row) / 20));
    if (row >= 200) radii.push(Math.hypot(line.inPhase, line.quadrature));
  }
  expect(Math.max(...radii) / Math.min(...radii)).toBeLessThan(1.1);
});
