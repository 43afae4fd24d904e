import { assert } from "./assert.ts";
import { compareDecimals, decimalFromNumber, divideDecimals, formatDecimal, parseDecimal, type Decimal, type Rounding } from "./decimal.ts";

/**
 * The lattice a price or a quantity lives on: whole multiples of one step.
 *
 * Inside the engine a value is its number of steps, a whole number below 2^53. `toNumber` gives the double nearest to the
 * exact decimal, so two values on one grid compare as doubles exactly as their step counts do, and a bar's price from the
 * archive (the nearest double as well) compares with an order's price without converting the bar.
 */
export class Grid {
  /** The step as the exchange writes it, such as "0.01" or "0.5". */
  readonly step: string;
  /** Digits after the point that a value on this grid needs. */
  readonly decimals: number;
  readonly #step: Decimal;
  /** The step is `#stepUnits / #scaleFactor`, both exact doubles. */
  readonly #stepUnits: number;
  readonly #scaleFactor: number;

  constructor(step: string) {
    const parsed = trimZeros(parseDecimal(step));
    assert(parsed.units > 0n, `a grid's step is above zero, got "${step}"`);
    assert(parsed.scale <= 18 && parsed.units < 2n ** 53n, `the step "${step}" is too fine`);
    this.step = step;
    this.decimals = parsed.scale;
    this.#step = parsed;
    this.#stepUnits = Number(parsed.units);
    this.#scaleFactor = 10 ** parsed.scale;
  }

  /** The nearest whole number of steps to a price or quantity given as a double. */
  toSteps(value: number, rounding: Rounding = "halfUp"): number {
    const ratio = (value * this.#scaleFactor) / this.#stepUnits;
    const nearest = Math.round(ratio);
    // A double within a few ulps of a lattice point means that lattice point, whichever way the caller rounds.
    if (Math.abs(ratio - nearest) <= 1e-9 * Math.max(1, Math.abs(ratio) * 1e-3)) return checked(nearest, value);
    switch (rounding) {
      case "down":
        return checked(Math.trunc(ratio), value);
      case "up":
        return checked(ratio < 0 ? Math.floor(ratio) : Math.ceil(ratio), value);
      case "floor":
        return checked(Math.floor(ratio), value);
      case "ceil":
        return checked(Math.ceil(ratio), value);
      case "halfUp":
      case "halfEven":
        return checked(Math.sign(ratio) * Math.round(Math.abs(ratio)), value);
    }
  }

  /** The number of steps of a decimal text, rounded where it lies between two. */
  stepsOf(text: string, rounding: Rounding = "halfUp"): number {
    const { units } = divideDecimals(parseDecimal(text), this.#step, { scale: 0, rounding });
    return checked(Number(units), Number(text));
  }

  /** The double nearest to `steps` steps. */
  toNumber(steps: number): number {
    return (steps * this.#stepUnits) / this.#scaleFactor;
  }

  /** The decimal text of `steps` steps with this grid's digits, as orders carry it. */
  toText(steps: number): string {
    return formatDecimal(this.toDecimal(steps));
  }

  /** The exact value of `steps` steps. */
  toDecimal(steps: number): Decimal {
    return { units: BigInt(steps) * this.#step.units, scale: this.#step.scale };
  }

  /** Whether a decimal text is a whole multiple of the step. */
  contains(text: string): boolean {
    const value = parseDecimal(text);
    const { units } = divideDecimals(value, this.#step, { scale: 0, rounding: "down" });
    return compareDecimals({ units: units * this.#step.units, scale: this.#step.scale }, value) === 0;
  }

  /** The value moved onto the grid. */
  round(value: number, rounding: Rounding = "halfUp"): number {
    return this.toNumber(this.toSteps(value, rounding));
  }
}

/** Digits after the point of a double's shortest decimal form: 0.25 → 2, 1e-8 → 8. */
export function decimalsOf(value: number): number {
  return trimZeros(decimalFromNumber(value)).scale;
}

function trimZeros(value: Decimal): Decimal {
  let { units, scale } = value;
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  return { units, scale };
}

function checked(steps: number, value: number): number {
  assert(Number.isSafeInteger(steps), `${value} is not a finite number on the grid`);
  return steps === 0 ? 0 : steps;
}
