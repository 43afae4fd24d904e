import { assert } from "./assert.ts";

/** An exact decimal: `units × 10^-scale`. Plain data; the functions below never round unless their name says so. */
export interface Decimal {
  readonly units: bigint;
  /** Digits after the point, 0 to 100. */
  readonly scale: number;
}

/** How a value between two neighbours of a grid is moved onto it. `halfUp` moves a tie away from zero. */
export type Rounding = "down" | "up" | "floor" | "ceil" | "halfUp" | "halfEven";

const DECIMAL_PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Far beyond what any exchange writes; a longer text costs time that grows with its square. */
const TEXT_LENGTH_MAX = 256;

/** Reads a decimal as exchanges and JavaScript write it ("0.00010", "1e-7"), or returns undefined when it is none or beyond 10^±100. */
export function tryParseDecimal(text: string): Decimal | undefined {
  if (text.length > TEXT_LENGTH_MAX) return undefined;
  const match = DECIMAL_PATTERN.exec(text);
  if (match === null) return undefined;
  const whole = match[2] ?? "";
  const fraction = match[3] ?? "";
  if (whole === "" && fraction === "") return undefined;
  const exponent = match[4] === undefined ? 0 : Number(match[4]);
  const digits = BigInt(whole + fraction);
  const units = match[1] === "-" ? -digits : digits;
  const scale = fraction.length - exponent;
  if (scale > 100 || scale < -100) return undefined;
  return scale >= 0 ? { units, scale } : { units: units * tenTo(-scale), scale: 0 };
}

/** Reads a decimal; anything else is a programmer's mistake (check outside input with `tryParseDecimal`). */
export function parseDecimal(text: string): Decimal {
  const value = tryParseDecimal(text);
  assert(value !== undefined, `"${text}" is not a decimal number`);
  return value;
}

/** The decimal that `String(value)` shows: the shortest one that reads back as the same double. Sizes from 1e-84 to 1e100, or 0. */
export function decimalFromNumber(value: number): Decimal {
  const decimal = tryParseDecimal(String(value));
  assert(decimal !== undefined, `${value} has no decimal form`);
  return decimal;
}

/** Plain notation with exactly `scale` digits after the point, as exchanges expect it. */
export function formatDecimal({ units, scale }: Decimal): string {
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The nearest double; exact decimal to binary rounding, so equal decimals give identical doubles. */
export function decimalToNumber(value: Decimal): number {
  return Number(formatDecimal(value));
}

export function addDecimals(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { units: unitsAt(left, scale) + unitsAt(right, scale), scale };
}

export function subtractDecimals(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { units: unitsAt(left, scale) - unitsAt(right, scale), scale };
}

export function multiplyDecimals(left: Decimal, right: Decimal): Decimal {
  return { units: left.units * right.units, scale: left.scale + right.scale };
}

/** Less than 0, 0 or more than 0, as for `Array.sort`. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const scale = Math.max(left.scale, right.scale);
  const difference = unitsAt(left, scale) - unitsAt(right, scale);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** The quotient with `scale` digits after the point. */
export function divideDecimals(left: Decimal, right: Decimal, { scale, rounding }: { scale: number; rounding: Rounding }): Decimal {
  assert(right.units !== 0n, "division by zero");
  const shift = scale + right.scale - left.scale;
  const numerator = shift >= 0 ? left.units * tenTo(shift) : left.units;
  const denominator = shift >= 0 ? right.units : right.units * tenTo(-shift);
  return { units: divideRounded(numerator, denominator, rounding), scale };
}

/** The value with `scale` digits after the point. */
export function rescaleDecimal(value: Decimal, scale: number, rounding: Rounding): Decimal {
  if (scale >= value.scale) return { units: unitsAt(value, scale), scale };
  return { units: divideRounded(value.units, tenTo(value.scale - scale), rounding), scale };
}

/** `numerator / denominator` as a whole number. */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  if (remainder === 0n) return quotient;
  const isNegative = remainder < 0n !== denominator < 0n;
  const away = isNegative ? -1n : 1n;
  switch (rounding) {
    case "down":
      return quotient;
    case "up":
      return quotient + away;
    case "floor":
      return isNegative ? quotient - 1n : quotient;
    case "ceil":
      return isNegative ? quotient : quotient + 1n;
    case "halfUp":
    case "halfEven": {
      const twice = 2n * (remainder < 0n ? -remainder : remainder);
      const size = denominator < 0n ? -denominator : denominator;
      if (twice > size) return quotient + away;
      if (twice < size) return quotient;
      return rounding === "halfUp" || quotient % 2n !== 0n ? quotient + away : quotient;
    }
  }
}

/** 10 to a power of 0 to 200 as a whole number. */
export function tenTo(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

function unitsAt(value: Decimal, scale: number): bigint {
  return value.units * tenTo(scale - value.scale);
}
