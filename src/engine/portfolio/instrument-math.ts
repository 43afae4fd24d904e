import { divideRounded, parseDecimal, tenTo, type Decimal } from "../../base/decimal.ts";
import { Grid } from "../../base/grid.ts";
import { contractSizeOf, isInverse, type Instrument } from "../../domain/instrument.ts";
import { LEDGER_SCALE } from "./ledger.ts";
import { OrderRules } from "./order-rules.ts";

/** Precision of 1/price inside the books of inverse instruments. */
const INVERSE_SCALE = tenTo(24);

/**
 * The arithmetic of one instrument in whole steps. An amount of price and quantity is called a value: `price × quantity`
 * for spot and linear instruments, `quantity / price` for inverse ones, in units of the two steps.
 */
export class InstrumentMath {
  readonly instrument: Instrument;
  readonly price: Grid;
  readonly quantity: Grid;
  readonly isInverse: boolean;
  readonly isSpot: boolean;
  /** Size of one quantity unit as a double: base units a contract (linear) or quote units a contract (inverse). */
  readonly multiplier: number;
  /** By what new orders are made. An exchange may change it while a run goes on; the steps above stay. */
  rules: OrderRules;
  /** Minor units of the settle asset in one unit of value. */
  readonly #minorPerValue: Ratio;

  constructor(instrument: Instrument) {
    this.instrument = instrument;
    this.price = new Grid(instrument.priceStep);
    this.quantity = new Grid(instrument.quantityStep);
    this.rules = new OrderRules(instrument, this);
    this.isInverse = isInverse(instrument);
    this.isSpot = instrument.kind === "spot";
    const size = parseDecimal(contractSizeOf(instrument));
    this.multiplier = Number(contractSizeOf(instrument));
    const priceStep = this.price.toDecimal(1);
    const quantityStep = this.quantity.toDecimal(1);
    if (this.isInverse) {
      // One quantity step at one price step is quantityStep × size / priceStep of the base asset.
      this.#minorPerValue = new Ratio(
        quantityStep.units * size.units * tenTo(LEDGER_SCALE + priceStep.scale),
        priceStep.units * tenTo(quantityStep.scale + size.scale) * INVERSE_SCALE,
      );
    } else {
      this.#minorPerValue = new Ratio(
        priceStep.units * quantityStep.units * size.units * tenTo(LEDGER_SCALE),
        tenTo(priceStep.scale + quantityStep.scale + size.scale),
      );
    }
  }

  /** Value of a quantity at a price, both in steps, exact for linear, to 24 digits for inverse. */
  value(priceSteps: number, quantitySteps: number): bigint {
    if (!this.isInverse) return BigInt(priceSteps) * BigInt(quantitySteps);
    return divideRounded(BigInt(quantitySteps) * INVERSE_SCALE, BigInt(priceSteps), "halfEven");
  }

  /** A value in minor units of the settle asset. */
  toMinor(value: bigint): bigint {
    return this.#minorPerValue.of(value);
  }

  /** Minor units of the settle asset that a fee of a rate (a decimal share) takes of one unit of value. */
  feeRatio(rate: Decimal): Ratio {
    const { numerator, denominator } = this.#minorPerValue;
    return new Ratio(rate.units * numerator, denominator * tenTo(rate.scale));
  }

  /** What a quantity is worth in the settle asset, as a double. */
  notional(price: number, quantity: number): number {
    const size = Math.abs(quantity) * this.multiplier;
    return this.isInverse ? size / price : size * price;
  }
}

/** A positive or negative fraction that whole numbers are multiplied with, rounding half to even. */
export class Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;

  constructor(numerator: bigint, denominator: bigint) {
    const divisor = greatestCommonDivisor(numerator, denominator);
    this.numerator = numerator / divisor;
    this.denominator = denominator / divisor;
  }

  of(amount: bigint): bigint {
    // Steps are decimal fractions, so most ratios are whole numbers.
    if (this.denominator === 1n) return amount * this.numerator;
    return divideRounded(amount * this.numerator, this.denominator, "halfEven");
  }
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [a, b] = [left < 0n ? -left : left, right < 0n ? -right : right];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}
