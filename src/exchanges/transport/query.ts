import { assert } from "../../base/assert.ts";

/** A value of a query; undefined leaves the parameter out. Prices and quantities come as decimal text. */
export type QueryValue = string | number | boolean | undefined;

/** Parameters in the order in which they are sent and signed. */
export type QueryParameters = Readonly<Record<string, QueryValue>> | ReadonlyArray<readonly [name: string, value: QueryValue]>;

/**
 * Query string of ordered parameters, percent-encoded after RFC 3986, without a leading "?".
 *
 * @example
 * buildQuery({ symbol: "BTCUSDT", price: "64000.10" }); // "symbol=BTCUSDT&price=64000.10"
 */
export function buildQuery(parameters: QueryParameters): string {
  let query = "";
  if (isList(parameters)) {
    for (const [name, value] of parameters) query = append(query, name, value);
    return query;
  }
  for (const name of Object.keys(parameters)) query = append(query, name, parameters[name]);
  return query;
}

/** A text in which everything but the unreserved characters of RFC 3986 (letters, digits, "-", ".", "_", "~") is percent-encoded. */
export function percentEncode(text: string): string {
  if (UNRESERVED.test(text)) return text;
  assert(text.isWellFormed(), "a parameter with half a surrogate pair cannot be sent");
  return encodeURIComponent(text).replace(LEFT_BY_PLATFORM, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

const UNRESERVED = /^[\w.~-]*$/;
/** Reserved by RFC 3986, section 2.2, and not encoded by `encodeURIComponent`. */
const LEFT_BY_PLATFORM = /[!'()*]/g;

function append(query: string, name: string, value: QueryValue): string {
  if (value === undefined) return query;
  const pair = `${percentEncode(name)}=${percentEncode(textOf(name, value))}`;
  return query === "" ? pair : `${query}&${pair}`;
}

function textOf(name: string, value: string | number | boolean): string {
  if (typeof value === "string") return value;
  const text = String(value);
  // 1e-7 or 1e21 would be refused by an exchange or, worse, misread.
  assert(typeof value === "boolean" || /^-?[\d.]+$/.test(text), `parameter ${name}: ${text} has to be given as decimal text`);
  return text;
}

function isList(parameters: QueryParameters): parameters is ReadonlyArray<readonly [string, QueryValue]> {
  return Array.isArray(parameters);
}
