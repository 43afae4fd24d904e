import { assert, fail } from "./assert.ts";
import type { Decimal, Rounding } from "./decimal.ts";
import { compareDecimals, decimalFromNumber, decimalToNumber, divideDecimals, formatDecimal, parseDecimal, tenTo } from "./decimal.ts";

/**
 * The lattice a price or a quantity lives on: whole multiples of one step.
 *
 * Inside the engine a value is its number of steps, a whole number below 2^53. `toNumber` gives the double nearest to the
 * exact decimal, so two values on one grid compare as doubles exactly as their step counts do, and a bar's price from the
 * archive (the nearest double as well) compares with an order's price without converting the bar. Doubles tell neighbours
 * apart, and `toSteps` brings them back, up to 2^50 steps (11 million coins at eight digits); texts do up to 2^53.
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
    assert(parsed.scale <= 18 && parsed.units < 2n ** 53n, `the step "${step}" is too fine or too large`);
    this.step = step;
    this.decimals = parsed.scale;
    this.#step = parsed;
    this.#stepUnits = Number(parsed.units);
    this.#scaleFactor = Number(tenTo(parsed.scale));
  }

  /**
   * The whole number of steps nearest to a price or quantity given as a double.
   *
   * A double carries the rounding of the arithmetic behind it: 0.1 + 0.2 is not quite 0.3. One within 2^-50 of its size
   * (eight roundings), or within a billionth of a step, of a lattice point means that point whichever way the caller rounds,
   * and one that close to the middle of two is a tie. So a decimal of up to 15 digits that is no finer gives what `stepsOf` gives.
   */
  toSteps(value: number, rounding: Rounding = "halfUp"): number {
    const ratio = (value * this.#scaleFactor) / this.#stepUnits;
    const tolerance = Math.max(1e-9, Math.abs(ratio) * 2 ** -50);
    const nearest = Math.round(ratio);
    if (Math.abs(ratio - nearest) <= tolerance) return checked(nearest, value);
    return checked(roundBetween(ratio, tolerance, rounding), value);
  }

  /** The number of steps of a decimal text, rounded where it lies between two. */
  stepsOf(text: string, rounding: Rounding = "halfUp"): number {
    const { units } = divideDecimals(parseDecimal(text), this.#step, { scale: 0, rounding });
    return checked(Number(units), Number(text));
  }

  /** The double nearest to `steps` steps. */
  toNumber(steps: number): number {
    const units = steps * this.#stepUnits;
    // One rounding, in the division, is right; a product that is rounded too may miss the nearest double.
    if (Math.abs(units) <= Number.MAX_SAFE_INTEGER) return units / this.#scaleFactor;
    return decimalToNumber(this.toDecimal(steps));
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

/** A ratio that lies between two whole numbers, moved onto one of them; within `tolerance` of the middle it is a tie. */
function roundBetween(ratio: number, tolerance: number, rounding: Rounding): number {
  const below = Math.floor(ratio);
  const middle = ratio - below - 0.5;
  switch (rounding) {
    case "down":
      return Math.trunc(ratio);
    case "up":
      return ratio < 0 ? below : below + 1;
    case "floor":
      return below;
    case "ceil":
      return below + 1;
    case "halfUp":
      if (Math.abs(middle) <= tolerance) return ratio < 0 ? below : below + 1;
      return middle < 0 ? below : below + 1;
    case "halfEven":
      if (Math.abs(middle) <= tolerance) return below % 2 === 0 ? below : below + 1;
      return middle < 0 ? below : below + 1;
  }
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
  if (!Number.isSafeInteger(steps)) fail(`${value} is not a finite number on the grid`);
  return steps === 0 ? 0 : steps;
}
