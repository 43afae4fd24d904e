import { ConfigurationError } from "../../base/errors.ts";
import { didYouMean } from "../../expert/suggest.ts";

/** A number as it is written in code: no thousands separators, no hexadecimal, no infinity. */
export function parseNumber(flag: string, text: string): number {
  const trimmed = text.trim();
  const value = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(trimmed) ? Number(trimmed) : NaN;
  if (Number.isFinite(value)) return value;
  const isLocal = /^[+-]?\d+,\d+$/.test(trimmed);
  const advice = isLocal ? `write ${trimmed.replace(",", ".")}` : "write one such as 10000 or 0.5";
  throw new ConfigurationError(`${flag}: ${quoted(text)} is not a number; ${advice}`);
}

/** A percentage, with or without its sign: `0.1` and `0.1%` are the same. */
export function parsePercent(flag: string, text: string): number {
  return parseNumber(flag, text.trim().replace(/\s*%$/, ""));
}

/** One of a few words, in any case. */
export function oneOf<Choice extends string>(flag: string, text: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice.toLowerCase() === text.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new ConfigurationError(`${flag}: ${quoted(text)} is none of ${choices.join(", ")}${didYouMean(text, choices)}`);
}

/** What the user wrote, short enough for a message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
