/** Properties: both functions lie within one unit in the last place of the engine's own; exp undoes log. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { portableExp, portableLog } from "./portable-math.ts";

/** How many doubles lie between two doubles of one sign. */
function distance(left: number, right: number): number {
  const view = new BigInt64Array(new Float64Array([left, right]).buffer);
  return Math.abs(Number((view[0] as bigint) - (view[1] as bigint)));
}

const positive = fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true });

describe("portableLog", () => {
  test("is the natural logarithm", () => {
    fc.assert(
      fc.property(positive, (value) => distance(portableLog(value), Math.log(value)) <= 1),
      { numRuns: 5_000 },
    );
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (value) => distance(portableLog(value), Math.log(value)) <= 1),
      { numRuns: 5_000 },
    );
  });

  test("follows IEEE at the edges", () => {
    expect([0, -0, -1, NaN, Infinity, 1].map(portableLog)).toEqual([-Infinity, -Infinity, NaN, NaN, Infinity, 0]);
    expect(portableLog(Number.MIN_VALUE)).toBe(Math.log(Number.MIN_VALUE));
  });

  test("gives the same bits as on the machine these were written on", () => {
    expect([3, 1e-300, 0.7, 1.0000001].map(portableLog)).toEqual([
      1.0986122886681096, -690.7755278982137, -0.35667494393873245, 9.999999505838704e-8,
    ]);
  });
});

describe("portableExp", () => {
  test("is the exponential", () => {
    fc.assert(
      fc.property(fc.double({ min: -740, max: 709.7, noNaN: true }), (value) => distance(portableExp(value), Math.exp(value)) <= 1),
      { numRuns: 5_000 },
    );
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (value) => distance(portableExp(value), Math.exp(value)) <= 1),
      { numRuns: 5_000 },
    );
  });

  test("follows IEEE at the edges", () => {
    expect([0, -0, -Infinity, Infinity, NaN, 710, -746].map(portableExp)).toEqual([1, 1, 0, Infinity, NaN, Infinity, 0]);
    expect(portableExp(-745)).toBe(5e-324);
    expect(portableExp(709.78)).toBe(Math.exp(709.78));
  });

  test("undoes the logarithm", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        (value) => Math.abs(portableExp(portableLog(value)) / value - 1) < 1e-14,
      ),
    );
  });
});
