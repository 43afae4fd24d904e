/** What a message is made of. A `bigint` is written as a plain JSON number: Binance's ids exceed 2^53. */
export type Json = string | number | bigint | boolean | null | undefined | readonly Json[] | { readonly [name: string]: Json };

export type JsonObject = Readonly<Record<string, Json>>;

/** The text of a message; absent fields are left out. */
export function writeJson(value: Json): string {
  switch (typeof value) {
    case "bigint":
      return value.toString();
    case "string":
    case "boolean":
    case "number":
      return JSON.stringify(value);
    case "object":
      return value === null ? "null" : isList(value) ? writeList(value) : writeObject(value);
    default:
      return "null";
  }
}

function isList(value: Exclude<Json, string | number | bigint | boolean | null | undefined>): value is readonly Json[] {
  return Array.isArray(value);
}

function writeList(list: readonly Json[]): string {
  let text = "[";
  for (let at = 0; at < list.length; at += 1) text += at === 0 ? writeJson(list[at]) : `,${writeJson(list[at])}`;
  return `${text}]`;
}

function writeObject(object: JsonObject): string {
  let text = "{";
  for (const name of Object.keys(object)) {
    const value = object[name];
    if (value === undefined) continue;
    text += `${text.length === 1 ? "" : ","}${JSON.stringify(name)}:${writeJson(value)}`;
  }
  return `${text}}`;
}

/** A number of a message as it was written, so that 64-bit ids and signed texts survive. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The same number, to be written again. */
  toJson(): Json {
    return /^-?\d+$/.test(this.text) ? BigInt(this.text) : Number(this.text);
  }
}

type Reviver = (this: unknown, name: string, value: unknown, context: { readonly source?: string }) => unknown;
const parse = JSON.parse as (text: string, reviver: Reviver) => unknown;

/** Reads a message with its numbers as `NumberText`; undefined when it is no JSON. */
export function readJson(text: string): { readonly value: unknown } | undefined {
  try {
    return {
      value: parse(text, (_name, value, { source }) => (typeof value === "number" ? new NumberText(source ?? String(value)) : value)),
    };
  } catch {
    return undefined;
  }
}

/** The fields of a JSON object; undefined for anything else. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof NumberText)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** A value that was read, as the text of a parameter: texts and numbers as they were written, lists and objects as JSON. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value instanceof NumberText ? value.text : writeJson(jsonOf(value));
}

function jsonOf(value: unknown): Json {
  if (value instanceof NumberText) return value.toJson();
  if (Array.isArray(value)) return value.map((item: unknown) => jsonOf(item));
  const object = objectOf(value);
  if (object !== undefined) return Object.fromEntries(Object.entries(object).map(([name, item]) => [name, jsonOf(item)]));
  return typeof value === "string" || typeof value === "boolean" ? value : null;
}
