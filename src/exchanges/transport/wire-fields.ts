import { DataError } from "../../base/errors.ts";

/**
 * Reads the object of a message field by field. A field that is missing or of the wrong kind is a `DataError` that names message and
 * field and never shows the value; fields that nobody asks for are ignored.
 *
 * @example
 * const order = fieldsOf(parseJson(body), "GET /api/v3/order");
 * order.text("orderId"); // "8389765489680951453"
 */
export function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return new Fields(value as WireObject, where);
  throw new DataError(`${where}: expected an object, got ${kindOf(value)}`);
}

/** Reads a message that is a list. */
export function listOf(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw new DataError(`${where}: expected a list, got ${kindOf(value)}`);
}

/** Reads a message that is a list of objects. */
export function fieldsOfEach(value: unknown, where: string): readonly Fields[] {
  return listOf(value, where).map((item, index) => fieldsOf(item, `${where}[${index}]`));
}

/** A number given as a number or as decimal text, as exchanges do; anything else, "NaN" and "" included, is a `DataError`. */
export function numberOf(value: unknown, where: string): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "string" && DECIMAL.test(value)) {
    const number = Number(value);
    if (Number.isFinite(number)) return number;
  }
  throw new DataError(`${where}: expected a number, got ${kindOf(value)}`);
}

/** A text, or the digits of a number: ids come as either. */
export function textOf(value: unknown, where: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  throw new DataError(`${where}: expected text, got ${kindOf(value)}`);
}

type WireObject = Readonly<Record<string, unknown>>;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** One object of a message. `maybe…` takes a field that is absent or null as undefined. */
export class Fields {
  readonly #object: WireObject;
  /** What is read, for errors. */
  readonly where: string;

  constructor(object: WireObject, where: string) {
    this.#object = object;
    this.where = where;
  }

  /** A text, or the digits of a number. */
  text(name: string): string {
    const value = this.raw(name);
    return typeof value === "string" ? value : textOf(value, this.#at(name));
  }

  maybeText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  /** A finite number, also one given as decimal text. */
  number(name: string): number {
    const value = this.raw(name);
    return typeof value === "number" ? value : numberOf(value, this.#at(name));
  }

  maybeNumber(name: string): number | undefined {
    return this.has(name) ? this.number(name) : undefined;
  }

  /** `true` or `false`, also as text. */
  flag(name: string): boolean {
    const value = this.raw(name);
    if (value === true || value === "true") return true;
    if (value === false || value === "false") return false;
    throw new DataError(`${this.#at(name)}: expected true or false, got ${kindOf(value)}`);
  }

  maybeFlag(name: string): boolean | undefined {
    return this.has(name) ? this.flag(name) : undefined;
  }

  list(name: string): readonly unknown[] {
    return listOf(this.raw(name), this.#at(name));
  }

  maybeList(name: string): readonly unknown[] | undefined {
    return this.has(name) ? this.list(name) : undefined;
  }

  /** An object inside this one. */
  fields(name: string): Fields {
    return fieldsOf(this.raw(name), this.#at(name));
  }

  maybeFields(name: string): Fields | undefined {
    return this.has(name) ? this.fields(name) : undefined;
  }

  /** A list of objects. */
  fieldsOfEach(name: string): readonly Fields[] {
    return fieldsOfEach(this.raw(name), this.#at(name));
  }

  /** Whether there is a field of that name other than null. */
  has(name: string): boolean {
    const value = this.raw(name);
    return value !== undefined && value !== null;
  }

  /** The value as it was parsed; undefined when there is none. */
  raw(name: string): unknown {
    return Object.hasOwn(this.#object, name) ? this.#object[name] : undefined;
  }

  /** Names of all fields, in the order of the message. */
  get names(): readonly string[] {
    return Object.keys(this.#object);
  }

  #at(name: string): string {
    return `${this.where}, field "${name}"`;
  }
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return value === "" ? "an empty text" : "a text";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
