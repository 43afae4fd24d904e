/**
 * The arithmetic of instruments against whole-number fractions:
 *
 * - Values of spot and linear instruments are exact; those of inverse ones to 24 digits.
 * - Money in minor units is the exact amount, rounded half to even once.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divideRounded, parseDecimal, tenTo, type Decimal } from "../../base/decimal.ts";
import type { Instrument, PerpetualInstrument } from "../../domain/instrument.ts";
import { InstrumentMath, Ratio } from "./instrument-math.ts";
import { LEDGER_SCALE } from "./ledger.ts";

const stepArbitrary = fc.constantFrom("1", "0.1", "0.01", "0.00001", "0.5", "0.25", "0.005", "10");
const sizeArbitrary = fc.constantFrom("1", "0.001", "0.01", "100", "10");
const priceArbitrary = fc.integer({ min: 1, max: 10_000_000 });
const quantityArbitrary = fc.integer({ min: 1, max: 100_000_000 });
const rateArbitrary = fc.constantFrom("0.001", "0.00055", "-0.0001", "0", "0.000123456");

const perpetual = (
  contractType: "linear" | "inverse",
  [priceStep, quantityStep, contractSize]: readonly [string, string, string],
): PerpetualInstrument => ({
  kind: "perpetual",
  contractType,
  symbol: "X",
  exchange: "binance",
  baseAsset: "X",
  quoteAsset: "USD",
  settleAsset: contractType === "linear" ? "USD" : "X",
  priceStep,
  quantityStep,
  contractSize,
});

/** `amount × 10^12`, rounded half to even, of a product of decimals over a product of decimals. */
function minorOf(above: readonly Decimal[], below: readonly Decimal[] = []): bigint {
  const multiplied = (factors: readonly Decimal[]): Decimal =>
    factors.reduce((left, right) => ({ units: left.units * right.units, scale: left.scale + right.scale }), { units: 1n, scale: 0 });
  const [numerator, denominator] = [multiplied(above), multiplied(below)];
  return divideRounded(numerator.units * tenTo(LEDGER_SCALE + denominator.scale), denominator.units * tenTo(numerator.scale), "halfEven");
}

describe("the arithmetic of an instrument", () => {
  it("is exact for linear instruments", () => {
    fc.assert(
      fc.property(fc.tuple(stepArbitrary, stepArbitrary, sizeArbitrary), priceArbitrary, quantityArbitrary, (steps, price, quantity) => {
        const math = new InstrumentMath(perpetual("linear", steps));
        const expected = minorOf([math.price.toDecimal(price), math.quantity.toDecimal(quantity), parseDecimal(steps[2])]);
        expect(math.toMinor(math.value(price, quantity))).toBe(expected);
      }),
    );
  });

  it("is exact for inverse instruments to a minor unit", () => {
    fc.assert(
      fc.property(fc.tuple(stepArbitrary, stepArbitrary, sizeArbitrary), priceArbitrary, quantityArbitrary, (steps, price, quantity) => {
        const math = new InstrumentMath(perpetual("inverse", steps));
        const exact = minorOf([math.quantity.toDecimal(quantity), parseDecimal(steps[2])], [math.price.toDecimal(price)]);
        const difference = math.toMinor(math.value(price, quantity)) - exact;
        expect(difference >= -1n && difference <= 1n).toBe(true);
      }),
    );
  });

  it("takes a fee of the value, rounded once", () => {
    fc.assert(
      fc.property(
        fc.tuple(stepArbitrary, stepArbitrary, sizeArbitrary),
        priceArbitrary,
        quantityArbitrary,
        rateArbitrary,
        (steps, price, quantity, rate) => {
          const math = new InstrumentMath(perpetual("linear", steps));
          const expected = minorOf([
            math.price.toDecimal(price),
            math.quantity.toDecimal(quantity),
            parseDecimal(steps[2]),
            parseDecimal(rate),
          ]);
          expect(math.feeRatio(parseDecimal(rate)).of(math.value(price, quantity))).toBe(expected);
        },
      ),
    );
  });

  it("knows a hundred dollars of bitcoin", () => {
    const math = new InstrumentMath(perpetual("inverse", ["0.1", "1", "100"]));
    // 7 contracts at 40,000: 700 / 40000 = 0.0175.
    expect(math.toMinor(math.value(400_000, 7))).toBe(17_500_000_000n);
    expect(math.notional(40_000, -7)).toBe(0.0175);
  });

  it("takes spot for what it is", () => {
    const { contractType: _type, contractSize: _size, ...rest } = perpetual("linear", ["0.01", "0.001", "1"]);
    const spot: Instrument = { ...rest, kind: "spot" };
    const math = new InstrumentMath(spot);
    expect([math.isSpot, math.isInverse, math.multiplier, math.toMinor(math.value(10_000, 1_500))]).toEqual([
      true,
      false,
      1,
      150_000_000_000_000n,
    ]);
  });
});

describe("a ratio", () => {
  it("multiplies and rounds half to even, on both sides of zero", () => {
    const half = new Ratio(1n, 2n);
    expect([1n, 2n, 3n, 5n, -1n, -3n].map((amount) => half.of(amount))).toEqual([0n, 1n, 2n, 2n, 0n, -2n]);
    expect(new Ratio(6n, 3n).of(7n)).toBe(14n);
  });
});
