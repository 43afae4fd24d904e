/**
 * Properties, against BigInt rationals (numerator over denominator, never rounded):
 * - add, subtract and multiply are exact; compare orders as the rationals do.
 * - divide, rescale and divideRounded give the neighbour that the rounding names.
 * - text → decimal → text keeps the value; number → decimal → number keeps the double.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Decimal, Rounding } from "./decimal.ts";
import {
  addDecimals,
  compareDecimals,
  decimalFromNumber,
  decimalToNumber,
  divideDecimals,
  divideRounded,
  formatDecimal,
  multiplyDecimals,
  parseDecimal,
  rescaleDecimal,
  subtractDecimals,
  tryParseDecimal,
} from "./decimal.ts";

interface Rational {
  readonly top: bigint;
  readonly bottom: bigint;
}

const ROUNDINGS: readonly Rounding[] = ["down", "up", "floor", "ceil", "halfUp", "halfEven"];
const decimals: fc.Arbitrary<Decimal> = fc.record({
  units: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  scale: fc.integer({ min: 0, max: 30 }),
});
const smallDecimals: fc.Arbitrary<Decimal> = fc.record({
  units: fc.bigInt({ min: -1000n, max: 1000n }),
  scale: fc.integer({ min: 0, max: 3 }),
});
const anyDecimal = fc.oneof(decimals, smallDecimals);
const rounding = fc.constantFrom(...ROUNDINGS);

function rationalOf({ units, scale }: Decimal): Rational {
  return { top: units, bottom: 10n ** BigInt(scale) };
}

function isEqual(left: Rational, right: Rational): boolean {
  return left.top * right.bottom === right.top * left.bottom;
}

/** The definition of each rounding, by search among the neighbours instead of by division signs. */
function isRounded(result: bigint, { top, bottom }: Rational, rule: Rounding): boolean {
  const sign = bottom < 0n ? -1n : 1n;
  const exact = top * sign;
  const unit = bottom * sign;
  const error = result * unit - exact;
  const size = error < 0n ? -error : error;
  const isTowardZero = exact < 0n ? error >= 0n : error <= 0n;
  if (error === 0n) return true;
  switch (rule) {
    case "down":
      return size < unit && isTowardZero;
    case "up":
      return size < unit && !isTowardZero;
    case "floor":
      return error > -unit && error < 0n;
    case "ceil":
      return error < unit && error > 0n;
    case "halfUp":
      return 2n * size < unit || (2n * size === unit && !isTowardZero);
    case "halfEven":
      return 2n * size < unit || (2n * size === unit && result % 2n === 0n);
  }
}

describe("decimal arithmetic", () => {
  test("adds, subtracts and multiplies exactly", () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (left, right) => {
        const a = rationalOf(left);
        const b = rationalOf(right);
        const bottom = a.bottom * b.bottom;
        expect(isEqual(rationalOf(addDecimals(left, right)), { top: a.top * b.bottom + b.top * a.bottom, bottom })).toBe(true);
        expect(isEqual(rationalOf(subtractDecimals(left, right)), { top: a.top * b.bottom - b.top * a.bottom, bottom })).toBe(true);
        expect(isEqual(rationalOf(multiplyDecimals(left, right)), { top: a.top * b.top, bottom })).toBe(true);
      }),
    );
  });

  test("orders as the rationals do", () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (left, right) => {
        const difference = left.units * 10n ** BigInt(right.scale) - right.units * 10n ** BigInt(left.scale);
        expect(Math.sign(compareDecimals(left, right))).toBe(difference === 0n ? 0 : difference < 0n ? -1 : 1);
      }),
    );
    expect(compareDecimals(parseDecimal("1.10"), parseDecimal("1.1"))).toBe(0);
  });

  test("divides to the neighbour that the rounding names", () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, fc.integer({ min: 0, max: 40 }), rounding, (left, right, scale, rule) => {
        fc.pre(right.units !== 0n);
        const quotient = divideDecimals(left, right, { scale, rounding: rule });
        const exact = { top: left.units * 10n ** BigInt(right.scale + scale), bottom: right.units * 10n ** BigInt(left.scale) };
        expect(quotient.scale).toBe(scale);
        expect(isRounded(quotient.units, exact, rule)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("rescales to the neighbour that the rounding names", () => {
    fc.assert(
      fc.property(anyDecimal, fc.integer({ min: 0, max: 40 }), rounding, (value, scale, rule) => {
        const exact = { top: value.units * 10n ** BigInt(scale), bottom: 10n ** BigInt(value.scale) };
        expect(isRounded(rescaleDecimal(value, scale, rule).units, exact, rule)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("rounds ties of either sign, over either sign", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -50n, max: 50n }),
        fc.constantFrom(-10n, -4n, -3n, -2n, -1n, 1n, 2n, 3n, 4n, 10n),
        rounding,
        (top, bottom, rule) => {
          expect(isRounded(divideRounded(top, bottom, rule), { top, bottom }, rule)).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
    expect(ROUNDINGS.map((rule) => divideRounded(-5n, 2n, rule))).toEqual([-2n, -3n, -3n, -2n, -3n, -2n]);
  });

  test("refuses to divide by zero", () => {
    expect(() => divideDecimals(parseDecimal("1"), parseDecimal("0.00"), { scale: 2, rounding: "down" })).toThrow("division by zero");
  });
});

describe("decimal text", () => {
  test("keeps every digit there and back", () => {
    fc.assert(
      fc.property(anyDecimal, (value) => {
        expect(parseDecimal(formatDecimal(value))).toEqual(value);
      }),
    );
  });

  test("keeps every double between 1e-84 and 1e100 there and back", () => {
    const doubles = fc.double({ min: -1e100, max: 1e100, noNaN: true }).filter((value) => value === 0 || Math.abs(value) > 1e-84);
    fc.assert(
      fc.property(doubles, (value) => decimalToNumber(decimalFromNumber(value)) === value),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }).filter((value) => value === 0 || Math.abs(value) > 1e-84),
        (value) => decimalToNumber(decimalFromNumber(value)) === value,
      ),
    );
  });

  test("reads what exchanges and JavaScript write", () => {
    const texts = ["0.00010", "1e-7", "+5", ".5", "5.", "-0", "1E+3", "2.50e1"];
    expect(texts.map((text) => formatDecimal(parseDecimal(text)))).toEqual(["0.00010", "0.0000001", "5", "0.5", "5", "0", "1000", "25.0"]);
  });

  test("reads nothing else", () => {
    const texts = [
      "",
      " ",
      ".",
      "-",
      "1,5",
      "0x10",
      "1e",
      "e5",
      "NaN",
      "Infinity",
      "1.2.3",
      " 1",
      "1\n",
      "١",
      "1e-101",
      "1e400",
      "1_000",
      "9".repeat(257),
    ];
    expect(texts.filter((text) => tryParseDecimal(text) !== undefined)).toEqual([]);
  });

  test("never throws, and reads a number as JavaScript does", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("0", "1", "5", "9", ".", "e", "E", "+", "-") }), (text) => {
        const value = tryParseDecimal(text);
        if (value !== undefined) expect(decimalToNumber(value)).toBe(Number(text) + 0);
      }),
      { numRuns: 2_000 },
    );
  });

  test("names a number without a decimal form", () => {
    expect(() => decimalFromNumber(NaN)).toThrow("NaN has no decimal form");
    expect(() => decimalFromNumber(1e-120)).toThrow("1e-120 has no decimal form");
    expect(() => parseDecimal("ten")).toThrow('"ten" is not a decimal number');
  });
});
