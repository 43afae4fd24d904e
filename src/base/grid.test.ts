/**
 * Properties, against BigInt rationals (a double is a whole number over a power of two, a decimal one over a power of ten):
 * - toNumber is the double nearest to the exact value; toText and toDecimal are exact.
 * - steps → number → steps and steps → text → steps keep every step, whichever way one rounds.
 * - toSteps of a double is the rounding of its exact value, except within the stated tolerance of a lattice point or a tie.
 * - toSteps of a decimal of up to 15 digits is stepsOf of its text.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Rounding } from "./decimal.ts";
import { decimalFromNumber, divideRounded, parseDecimal } from "./decimal.ts";
import { Grid, decimalsOf } from "./grid.ts";

const ROUNDINGS: readonly Rounding[] = ["down", "up", "floor", "ceil", "halfUp", "halfEven"];
const STEPS = [
  "0.01",
  "0.05",
  "0.1",
  "0.25",
  "0.5",
  "1",
  "5",
  "10",
  "100",
  "0.00001",
  "0.00000001",
  "1e-8",
  "0.0025",
  "0.125",
  "0.3",
  "0.07",
  "12345.678",
  "1e-18",
  "0.000000000000000003",
  "1000000",
];
const step = fc.constantFrom(...STEPS);
const rounding = fc.constantFrom(...ROUNDINGS);
const count = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 }), fc.maxSafeInteger());
const countOfDoubles = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -(2 ** 50), max: 2 ** 50 }));

/** A finite double as an exact fraction. */
function fractionOf(value: number): { top: bigint; bottom: bigint } {
  let top = value;
  let power = 0;
  while (!Number.isInteger(top)) {
    top *= 2;
    power += 1;
  }
  return { top: BigInt(top), bottom: 2n ** BigInt(power) };
}

/** The exact quotient of a double and a step as a fraction. */
function exactRatio(value: number, stepText: string): { top: bigint; bottom: bigint } {
  const { top, bottom } = fractionOf(value);
  const { units, scale } = parseDecimal(stepText);
  return { top: top * 10n ** BigInt(scale), bottom: bottom * units };
}

/** How far a fraction lies from the nearest multiple of one half: from the lattice or from a tie. */
function distanceToHalf(top: bigint, bottom: bigint): number {
  const half = divideRounded(2n * top, bottom, "halfEven");
  return Math.abs(Number(((2n * top - half * bottom) * 10n ** 30n) / bottom) / 2e30);
}

describe("Grid.toNumber and toText", () => {
  test("are the nearest double and the exact decimal", () => {
    fc.assert(
      fc.property(step, count, (stepText, steps) => {
        const grid = new Grid(stepText);
        const { units, scale } = parseDecimal(stepText);
        const text = grid.toText(steps);
        const written = parseDecimal(text);
        expect(written.units * 10n ** BigInt(scale)).toBe(units * BigInt(steps) * 10n ** BigInt(written.scale));
        expect(grid.toNumber(steps)).toBe(Number(text) + 0);
        expect(written.scale).toBe(grid.decimals);
      }),
      { numRuns: 2_000 },
    );
  });

  test("come back to the same step, whichever way one rounds", () => {
    fc.assert(
      fc.property(step, countOfDoubles, rounding, (stepText, steps, rule) => {
        const grid = new Grid(stepText);
        expect(grid.toSteps(grid.toNumber(steps), rule)).toBe(steps);
      }),
      { numRuns: 5_000 },
    );
    fc.assert(
      fc.property(step, count, rounding, (stepText, steps, rule) => {
        const grid = new Grid(stepText);
        expect(grid.stepsOf(grid.toText(steps), rule)).toBe(steps);
        expect(grid.contains(grid.toText(steps))).toBe(true);
      }),
    );
  });

  test("compare as the step counts do", () => {
    fc.assert(
      fc.property(step, countOfDoubles, fc.integer({ min: 1, max: 3 }), (stepText, steps, more) => {
        const grid = new Grid(stepText);
        expect(grid.toNumber(steps + more)).toBeGreaterThan(grid.toNumber(steps));
      }),
    );
  });
});

describe("Grid.toSteps", () => {
  test("rounds the exact value of a double, except within the tolerance", () => {
    const value = fc
      .oneof(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: -10, max: 10, noNaN: true }),
        fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      )
      .filter((number) => Math.abs(number) > 1e-30);
    fc.assert(
      fc.property(step, value, rounding, (stepText, number, rule) => {
        const { top, bottom } = exactRatio(number, stepText);
        fc.pre((top < 0n ? -top : top) < bottom * 2n ** 52n);
        const tolerance = Math.max(1e-9, Math.abs(Number(top / bottom)) * 2 ** -50);
        fc.pre(distanceToHalf(top, bottom) > tolerance * 1.5);
        expect(new Grid(stepText).toSteps(number, rule)).toBe(Number(divideRounded(top, bottom, rule)));
      }),
      { numRuns: 2_000 },
    );
  });

  test("gives what the text of a decimal of up to 15 digits gives", () => {
    const decimal = fc.tuple(fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(step, decimal, rounding, (stepText, [units, places], rule) => {
        const grid = new Grid(stepText);
        const text = `${units}e-${places}`;
        const { units: stepUnits, scale } = parseDecimal(stepText);
        const top = BigInt(units) * 10n ** BigInt(scale);
        const bottom = stepUnits * 10n ** BigInt(places);
        const tolerance = Math.max(1e-9, Math.abs(Number(top / bottom)) * 2 ** -50);
        const distance = distanceToHalf(top, bottom);
        fc.pre(tolerance < 0.2 && (distance === 0 || distance > tolerance * 1.5));
        expect(grid.toSteps(Number(text), rule)).toBe(grid.stepsOf(text, rule));
      }),
      { numRuns: 5_000 },
    );
  });

  test("sees through the rounding of a sum and a product", () => {
    const grid = new Grid("0.1");
    expect(ROUNDINGS.map((rule) => grid.toSteps(0.1 + 0.2, rule))).toEqual([3, 3, 3, 3, 3, 3]);
    expect(ROUNDINGS.map((rule) => grid.toSteps(1.1 * 3, rule))).toEqual([33, 33, 33, 33, 33, 33]);
    expect(grid.toSteps(0.3 - 0.1 - 0.2, "up")).toBe(0);
  });

  test("keeps a fraction of a step at a large size apart from a whole one", () => {
    expect(new Grid("0.00000001").toSteps(12_345.678901239, "floor")).toBe(1_234_567_890_123);
    expect(new Grid("1").toSteps(1_000_000_000_000.7, "down")).toBe(1_000_000_000_000);
    expect(new Grid("0.00001").toSteps(-10_000.000009, "floor")).toBe(-1_000_000_001);
  });

  test("rounds a tie that the double misses by an ulp as the decimal says", () => {
    const grid = new Grid("0.01");
    expect(grid.toSteps(1.005)).toBe(101);
    expect(grid.toSteps(-1.005)).toBe(-101);
    expect([0.005, 0.015, 0.025, -0.025].map((value) => grid.toSteps(value, "halfEven"))).toEqual([0, 2, 2, -2]);
  });

  test("never gives a negative zero", () => {
    const grid = new Grid("0.05");
    expect(ROUNDINGS.map((rule) => Object.is(grid.toSteps(-0.0000000000001, rule), 0))).toEqual([true, true, true, true, true, true]);
    expect(Object.is(grid.toSteps(-0.01), 0)).toBe(true);
  });

  test("stops on what is no number of steps", () => {
    const grid = new Grid("0.00000001");
    for (const value of [NaN, Infinity, -Infinity, 1e9])
      expect(() => grid.toSteps(value, "floor")).toThrow("is not a finite number on the grid");
    expect(() => grid.stepsOf("100000000")).toThrow("is not a finite number on the grid");
  });
});

describe("Grid", () => {
  test("knows which texts lie on it", () => {
    fc.assert(
      fc.property(step, fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 20 }), (stepText, units, places) => {
        const { units: stepUnits, scale } = parseDecimal(stepText);
        const isOn = (units * 10n ** BigInt(scale)) % (stepUnits * 10n ** BigInt(places)) === 0n;
        expect(new Grid(stepText).contains(`${units}e-${places}`)).toBe(isOn);
      }),
    );
    expect(["0.05", "1.10", "0.07", "-0.15"].map((text) => new Grid("0.05").contains(text))).toEqual([true, true, false, true]);
  });

  test("refuses a step that is none", () => {
    expect(() => new Grid("0")).toThrow("above zero");
    expect(() => new Grid("-0.1")).toThrow("above zero");
    expect(() => new Grid("1e-19")).toThrow("too fine or too large");
    expect(() => new Grid("1e16")).toThrow("too fine or too large");
    expect(() => new Grid("x")).toThrow("not a decimal");
  });

  test("counts the digits a number needs", () => {
    expect([0.25, 1e-8, 100, 1.5e-7, 0, 1e21].map(decimalsOf)).toEqual([2, 8, 0, 8, 0, 0]);
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 9 }), (units, places) => {
        const digits = decimalsOf(Number(`${units}e-${places}`));
        expect(digits).toBeLessThanOrEqual(places);
        expect(decimalFromNumber(Number(`${units}e-${places}`)).scale).toBe(digits);
      }),
    );
  });
});
