import type { Fields } from "../../transport/wire-fields.ts";
import { addDecimals, decimalToNumber, tryParseDecimal } from "../../../base/decimal.ts";

/** An id; empty when it is missing or written as -1 or 0, which is how Binance says "none". */
export function idOf(fields: Fields, name: string): string {
  const id = fields.maybeText(name) ?? "";
  return id === "-1" || id === "0" ? "" : id;
}

/** A number above zero; undefined when it is missing, empty or 0, as Binance writes what does not apply. */
export function positiveOf(fields: Fields, name: string): number | undefined {
  if (!fields.has(name) || fields.raw(name) === "") return undefined;
  const number = fields.number(name);
  return number > 0 ? number : undefined;
}

/** The first of the names that holds a moment, milliseconds since the epoch; 0 without one. */
export function timeOf(fields: Fields, ...names: readonly string[]): number {
  for (const name of names) {
    const time = positiveOf(fields, name);
    if (time !== undefined) return time;
  }
  return 0;
}

/** A text that says something: undefined when it is missing or empty, or one of Binance's words for nothing. */
export function wordOf(fields: Fields, name: string): string | undefined {
  const text = fields.maybeText(name);
  return text === undefined || text === "" || text === "NONE" || text === "null" ? undefined : text;
}

/** The sum of two amounts without the noise of adding doubles. */
export function sumOf(fields: Fields, one: string, other: string): number {
  const left = tryParseDecimal(fields.text(one));
  const right = tryParseDecimal(fields.text(other));
  if (left === undefined || right === undefined) return fields.number(one) + fields.number(other);
  return decimalToNumber(addDecimals(left, right));
}

/** Value by quantity; NaN before there is any. */
export function averageOf(value: number | undefined, quantity: number): number {
  return value === undefined || !(quantity > 0) ? NaN : value / quantity;
}
