import { ConfigurationError } from "../base/errors.ts";

/** The longest window any indicator takes, TA-Lib's limit. */
export const PERIOD_MAX = 100_000;

/** The limits of a parameter, both included. */
export interface Limits {
  readonly min?: number;
  readonly max?: number;
}

/** The value itself when it is a whole number within the limits; otherwise an error naming indicator and parameter. */
export function wholeNumber(indicator: string, parameter: string, value: number, { min = 1, max = PERIOD_MAX }: Limits = {}): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new ConfigurationError(`${indicator}: ${parameter} is a whole number from ${min} to ${max}, got ${String(value)}`);
}

/** The value itself when it is a finite number within the limits; otherwise an error naming indicator and parameter. */
export function realNumber(indicator: string, parameter: string, value: number, { min = -Infinity, max = Infinity }: Limits = {}): number {
  if (Number.isFinite(value) && value >= min && value <= max) return value;
  throw new ConfigurationError(`${indicator}: ${parameter} is a number from ${min} to ${max}, got ${String(value)}`);
}

/** The value itself when it is one of the choices; otherwise an error naming indicator and parameter. */
export function oneOf<Choice extends string>(indicator: string, parameter: string, value: Choice, choices: readonly Choice[]): Choice {
  if (choices.includes(value)) return value;
  throw new ConfigurationError(`${indicator}: ${parameter} is one of ${choices.join(", ")}, got ${value}`);
}
