import { ConfigurationError } from "../base/errors.ts";
import { isSecretName, SECRET_ADVICE } from "./secret-names.ts";
import { didYouMean } from "./suggest.ts";

/** What may stand as an option's value: checks it, and says on the reference page what it is. */
export interface ValueKind {
  /** Such as "percent" or `"spot" | "futures"`. */
  readonly type: string;
  /** Such as "above 0 and below 100"; empty where the type says it all. */
  readonly range: string;
  /** A right value, as messages and the reference page show it. */
  readonly example: unknown;
  /** The options inside, where the value is an object of them. */
  readonly fields?: OptionRows;
  /** The same, by the value of its `type`. */
  readonly variants?: Readonly<Record<string, OptionRows>>;
  /** What is wrong with a value and what to write instead, as one sentence that starts with the option's path; undefined when it is right. */
  problem(value: unknown, path: string): string | undefined;
}

/** One option: what it takes, what it is when absent, what it does. */
export interface OptionRow {
  readonly kind: ValueKind;
  /** In words; empty when there is none. */
  readonly default: string;
  /** One or two sentences without a line break. */
  readonly description: string;
}

export type OptionRows = Readonly<Record<string, OptionRow>>;

/** A row for every option of a type: a forgotten one does not compile. */
export type OptionTable<T> = { readonly [Name in keyof T]-?: OptionRow };

interface NumberRange {
  readonly example: number;
  /** Lowest value that is right. */
  readonly min?: number;
  /** A bound that is wrong itself. */
  readonly above?: number;
  readonly max?: number;
  readonly below?: number;
}

/** A real number. */
export function numberOf(noun: string, range: NumberRange): ValueKind {
  return numberKind({ type: noun, article: "a", whole: false, range });
}

/** Percents as percents: 2 is 2 %. */
export function percent(range: NumberRange): ValueKind {
  return numberKind({ type: "percent", article: "a", whole: false, range });
}

export function wholeNumber(range: NumberRange): ValueKind {
  return numberKind({ type: "whole number", article: "a", whole: true, range });
}

/** Text of a form; `form` says in words what the pattern allows. */
export function text(options: {
  readonly example: string;
  readonly form: string;
  readonly pattern: RegExp;
  readonly isPrivate?: boolean;
}): ValueKind {
  const { example, form, pattern, isPrivate = false } = options;
  return {
    type: "text",
    range: form,
    example,
    problem(value, path) {
      if (typeof value === "string" && pattern.test(value)) return undefined;
      const shown = isPrivate && typeof value === "string" ? "the text" : show(value);
      return `${path}: ${shown} is not ${form}; write ${path}: ${literal(example)}`;
    },
  };
}

/** One of a few words. */
export function oneOf(values: readonly string[], example = values[0]): ValueKind {
  return {
    type: values.map((value) => `"${value}"`).join(" | "),
    range: "",
    example,
    problem(value, path) {
      if (typeof value === "string" && values.includes(value)) return undefined;
      const hint = typeof value === "string" ? didYouMean(value, values) : "";
      return `${path}: ${show(value)} is not one of ${values.join(", ")}${hint === "" ? `; write ${path}: ${literal(example)}` : hint}`;
    },
  };
}

export const yesOrNo: ValueKind = {
  type: "true | false",
  range: "",
  example: true,
  problem: (value, path) =>
    typeof value === "boolean" ? undefined : `${path}: ${show(value)} is neither true nor false; write ${path}: true`,
};

/** A list without repeats and with one entry at least. */
export function listOf(kind: ValueKind): ValueKind {
  return {
    type: `list of ${kind.type.includes("|") ? `(${kind.type})` : kind.type}`,
    range: kind.range,
    example: [kind.example],
    problem(value, path) {
      if (!Array.isArray(value)) return `${path}: ${show(value)} is not a list; write ${path}: [${literal(kind.example)}]`;
      if (value.length === 0) return `${path}: the list is empty; write ${path}: [${literal(kind.example)}], or leave it out`;
      for (const [index, entry] of value.entries()) {
        const problem = kind.problem(entry, `${path}[${index}]`);
        if (problem !== undefined) return problem;
        if (value.indexOf(entry) !== index) return `${path}: ${show(entry)} stands twice; write it once`;
      }
      return undefined;
    },
  };
}

/** What a function of ours reads, refusing the rest with a `ConfigurationError`. */
export function readBy(
  read: (value: never) => unknown,
  options: { readonly type: string; readonly range: string; readonly example: unknown; readonly accepts: readonly string[] },
): ValueKind {
  return {
    type: options.type,
    range: options.range,
    example: options.example,
    problem(value, path) {
      if (!options.accepts.includes(typeof value))
        return `${path}: ${show(value)} is not ${options.type}; write ${path}: ${literal(options.example)}`;
      try {
        read(value as never);
        return undefined;
      } catch (error) {
        if (error instanceof ConfigurationError) return `${path}: ${error.message}`;
        throw error;
      }
    },
  };
}

/** An object with options of its own. */
export function groupOf(fields: OptionRows, example: unknown, required: readonly string[] = []): ValueKind {
  return {
    type: "object",
    range: "",
    example,
    fields,
    problem: (value, path) => (isPlainObject(value) ? findProblem(fields, value, path, required) : notAnObject(value, path, example)),
  };
}

/** An object whose `type` decides which other options it has. */
export function variantsOf(variants: Readonly<Record<string, OptionRows>>, example: unknown): ValueKind {
  const type = oneOf(Object.keys(variants));
  const row: OptionRow = { kind: type, default: "", description: "Which of them." };
  return {
    type: "object",
    range: "",
    example,
    variants,
    problem(value, path) {
      if (!isPlainObject(value)) return notAnObject(value, path, example);
      const wrongType = type.problem(value["type"], `${path}.type`);
      return (
        wrongType ??
        findProblem({ type: row, ...variants[value["type"] as string] }, value, path, Object.keys(variants[value["type"] as string] ?? {}))
      );
    },
  };
}

/**
 * The first thing that is wrong with an object of options: a name that is none of the rows', a missing one that is required,
 * a wrong value. A value of undefined counts as absent.
 */
export function findProblem(
  rows: OptionRows,
  options: Readonly<Record<string, unknown>>,
  path: string,
  required: readonly string[] = [],
): string | undefined {
  const prefix = path === "" ? "" : `${path}.`;
  for (const name of Object.keys(options)) {
    if (isSecretName(name)) return `${prefix}${name}: ${SECRET_ADVICE}`;
    if (!Object.hasOwn(rows, name)) return `${prefix}${name}: there is no such option${didYouMean(name, Object.keys(rows))}`;
  }
  for (const [name, { kind }] of Object.entries(rows)) {
    const value = options[name];
    if (value === undefined && !required.includes(name)) continue;
    const problem =
      value === undefined ? `${prefix}${name} is missing; write ${name}: ${literal(kind.example)}` : kind.problem(value, prefix + name);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Whether a value is an object made by `{}`: not a list, not an instance of a class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A value of the user as a message shows it: short, on one line, and nothing from inside an object. */
export function show(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
    case "number":
    case "boolean":
    case "undefined":
    case "bigint":
    case "symbol":
      return String(value);
    case "function":
      return "a function";
    case "object":
      break;
  }
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : isPlainObject(value) ? "an object" : "an instance of a class";
}

/** A value of ours as TypeScript writes it. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (!isPlainObject(value)) return typeof value === "string" ? JSON.stringify(value) : String(value);
  return `{ ${Object.entries(value)
    .map(([name, part]) => `${name}: ${literal(part)}`)
    .join(", ")} }`;
}

function notAnObject(value: unknown, path: string, example: unknown): string {
  return `${path}: ${show(value)} is not an object; write ${path}: ${literal(example)}`;
}

function numberKind(options: {
  readonly type: string;
  readonly article: string;
  readonly whole: boolean;
  readonly range: NumberRange;
}): ValueKind {
  const { type, article, whole, range } = options;
  const { example, min = -Infinity, above = -Infinity, max = Infinity, below = Infinity } = range;
  const words = rangeInWords(range);
  return {
    type,
    range: words,
    example,
    problem(value, path) {
      const isNumber = typeof value === "number" && Number.isFinite(value) && (!whole || Number.isSafeInteger(value));
      if (isNumber && value >= min && value > above && value <= max && value < below) return undefined;
      return `${path}: ${show(value)} is not ${article} ${type}${words === "" ? "" : ` ${words}`}; write ${path}: ${example}`;
    },
  };
}

function rangeInWords({ min, above, max, below }: NumberRange): string {
  if (min !== undefined && max !== undefined) return `from ${min} to ${max}`;
  const low = above !== undefined ? [`above ${above}`] : min !== undefined ? [`from ${min} up`] : [];
  const high = below !== undefined ? [`below ${below}`] : max !== undefined ? [`up to ${max}`] : [];
  return [...low, ...high].join(" and ");
}
