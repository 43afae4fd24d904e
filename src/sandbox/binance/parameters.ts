import { missing, Refusal } from "./refusals.ts";
import { textOf } from "./json.ts";

const DECIMAL = /^\d{1,20}(\.\d{1,20})?$/;
const LONG = /^\d{1,20}$/;
/** Client ids: spot by the FIX specification, futures by "New Order". */
export const CLIENT_ID = { spot: /^[a-zA-Z0-9-_]{1,36}$/, futures: /^[.A-Z:/a-z0-9_-]{1,36}$/ } as const;

/** The named values of a request, from the query, the form in the body or a WebSocket message. */
export class Parameters {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  /** Query and form together; the query wins, as documented. A name twice in one of them is refused (-1101). */
  static ofRequest(query: string, body: string): Parameters {
    const values = readForm(body);
    for (const [name, value] of readForm(query)) values.set(name, value);
    return new Parameters(values);
  }

  /** The `params` of a WebSocket request, numbers as they were written. */
  static ofMessage(object: Readonly<Record<string, unknown>>): Parameters {
    const values = new Map<string, string>();
    for (const [name, value] of Object.entries(object)) {
      if (value !== null && value !== undefined) values.set(name, textOf(value));
    }
    return new Parameters(values);
  }

  get names(): readonly string[] {
    return [...this.#values.keys()];
  }

  has(name: string): boolean {
    return this.text(name) !== undefined;
  }

  /** Undefined when absent or empty. */
  text(name: string): string | undefined {
    const value = this.#values.get(name);
    return value === "" ? undefined : value;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw missing(name);
    return value;
  }

  /** The decimal as it was written; above or equal to zero. */
  decimal(name: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!DECIMAL.test(value)) throw illegal(name, "^([0-9]{1,20})(\\.[0-9]{1,20})?$");
    return value;
  }

  requiredDecimal(name: string): string {
    const value = this.decimal(name);
    if (value === undefined) throw missing(name);
    return value;
  }

  long(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!LONG.test(value)) throw illegal(name, "^[0-9]{1,20}$");
    return Number(value);
  }

  /** An id as its digits: ids exceed 2^53. */
  id(name: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!LONG.test(value)) throw illegal(name, "^[0-9]{1,20}$");
    return BigInt(value).toString();
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name)?.toLowerCase();
    if (value === undefined) return undefined;
    if (value !== "true" && value !== "false") throw new Refusal(-1130, `Data sent for parameter '${name}' is not valid.`);
    return value === "true";
  }

  /** A number of rows, cut at `most`. */
  limit(usual: number, most: number): number {
    const limit = this.long("limit") ?? usual;
    if (limit === 0) throw new Refusal(-1130, "Data sent for parameter 'limit' is not valid.");
    return Math.min(limit, most);
  }

  clientId(name: string, pattern: RegExp): string | undefined {
    const value = this.text(name);
    if (value !== undefined && !pattern.test(value)) throw illegal(name, pattern.source);
    return value;
  }

  /** `{"symbol":"A"}` or `{"symbols":["A","B"]}` as a list; undefined when neither is there. */
  symbols(): readonly string[] | undefined {
    const one = this.text("symbol");
    if (one !== undefined) return [one];
    const many = this.text("symbols");
    if (many === undefined) return undefined;
    const list = listOf(many);
    if (list === undefined || !list.every((item) => typeof item === "string"))
      throw illegal("symbols", '^\\[("[A-Z0-9-_.]{1,20}"(,)?)*\\]$');
    return list;
  }
}

/** The items of a JSON list; undefined for anything else. */
export function listOf(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? (value as unknown[]) : undefined;
  } catch {
    return undefined;
  }
}

export function illegal(name: string, range: string): Refusal {
  return new Refusal(-1100, `Illegal characters found in parameter '${name}'; legal range is '${range}'.`);
}

function readForm(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    if (values.has(name)) throw new Refusal(-1101, "Duplicate values for a parameter detected.");
    values.set(name, decode(at < 0 ? "" : pair.slice(at + 1)));
  }
  return values;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw new Refusal(-1100, "Illegal characters found in a parameter.");
  }
}
