import { ConfigurationError } from "../base/errors.ts";
import { didYouMean } from "./suggest.ts";

interface NumberParam<Kind extends "int" | "float"> {
  readonly kind: Kind;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Grid of an optimiser. */
  readonly step: number;
}

export type IntParam = NumberParam<"int">;
export type FloatParam = NumberParam<"float">;

export interface ChoiceParam<T extends string | number = string | number> {
  readonly kind: "choice";
  readonly default: T;
  readonly options: readonly T[];
}

export interface BoolParam {
  readonly kind: "bool";
  readonly default: boolean;
}

/** One adjustable number or switch of an expert, with the range an optimiser may search. */
export type Param = IntParam | FloatParam | ChoiceParam | BoolParam;
export type ParamSpecs = Readonly<Record<string, Param>>;

/** The values an expert's setup receives, inferred from its parameters. */
export type ParamValues<Specs extends ParamSpecs> = { readonly [Name in keyof Specs]: ValueOf<Specs[Name]> };

type ValueOf<P extends Param> = P extends ChoiceParam<infer Option> ? Option : P extends BoolParam ? boolean : number;

export type ParamValue = number | string | boolean;

interface Range {
  readonly min: number;
  readonly max: number;
  /** Grid of an optimiser. @default 1 for `int`, a hundredth of the range for `float` */
  readonly step?: number;
}

/** A whole number in `[min, max]`. */
export function int(defaultValue: number, range: Range): IntParam {
  checkGiven("int(12, { min: 3, max: 50 })", range);
  return declared("int", { kind: "int", default: defaultValue, min: range.min, max: range.max, step: range.step ?? 1 });
}

/** A real number in `[min, max]`. */
export function float(defaultValue: number, range: Range): FloatParam {
  checkGiven("float(0.5, { min: 0, max: 1 })", range);
  const { min, max, step = (max - min) / 100 } = range;
  return declared("float", { kind: "float", default: defaultValue, min, max, step });
}

/** One of a list of texts or numbers. */
export function choice<const T extends string | number>(defaultValue: NoInfer<T>, options: readonly T[]): ChoiceParam<T> {
  checkGiven('choice("long", ["long", "short"])', options);
  return declared("choice", { kind: "choice", default: defaultValue, options: [...options] });
}

/** On or off. */
export function bool(defaultValue: boolean): BoolParam {
  return declared("bool", { kind: "bool", default: defaultValue });
}

/** Refuses what is no parameter, or one whose range or default is wrong. */
export function checkParam(param: unknown): asserts param is Param {
  const kind = typeof param === "object" && param !== null && "kind" in param ? param.kind : undefined;
  if (kind !== "int" && kind !== "float" && kind !== "choice" && kind !== "bool") {
    const example =
      typeof param === "boolean"
        ? `bool(${param})`
        : typeof param === "number"
          ? `int(${param}, { min: …, max: … })`
          : "int, float, choice or bool";
    throw new ConfigurationError(`this is not a parameter; declare it with ${example}`);
  }
  const known = param as Param;
  if (known.kind === "int" || known.kind === "float") checkRange(known);
  if (known.kind === "choice") checkOptions(known);
  checkValue("the default", known, known.default);
}

/** The defaults with the given values over them; an unknown name or a value out of range is refused by name. */
export function resolveParams<Specs extends ParamSpecs>(specs: Specs, values: Readonly<Record<string, unknown>> = {}): ParamValues<Specs> {
  for (const name of Object.keys(values)) {
    if (Object.hasOwn(specs, name)) continue;
    const names = Object.keys(specs);
    const hint = didYouMean(name, names);
    throw new ConfigurationError(`unknown parameter "${name}"${hint === "" ? `; this expert has: ${names.join(", ") || "none"}` : hint}`);
  }
  const resolved: Record<string, ParamValue> = {};
  for (const [name, param] of Object.entries(specs)) {
    const value = Object.hasOwn(values, name) ? values[name] : param.default;
    checkValue(`parameter "${name}"`, param, value);
    resolved[name] = value;
  }
  return resolved as ParamValues<Specs>;
}

/** Reads a parameter's value from text, as the command line gives it. */
export function parseParam(name: string, param: Param, text: string): ParamValue {
  const value = valueOf(param, text);
  checkValue(`parameter "${name}"`, param, value);
  return value;
}

function valueOf(param: Param, text: string): unknown {
  switch (param.kind) {
    case "int":
    case "float":
      return DECIMAL_PATTERN.test(text) ? Number(text) : text;
    case "bool":
      return text === "true" ? true : text === "false" ? false : text;
    case "choice":
      return param.options.find((option) => String(option) === text) ?? text;
  }
}

/** `Number` also takes "", "0x1f" and "Infinity". */
const DECIMAL_PATTERN = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function declared<P extends Param>(name: string, param: P): P {
  try {
    checkParam(param);
  } catch (error) {
    if (error instanceof ConfigurationError) throw new ConfigurationError(`${name}: ${error.message}`, { cause: error });
    throw error;
  }
  return Object.freeze(param);
}

function checkGiven(example: string, argument: unknown): void {
  if (typeof argument !== "object" || argument === null) throw new ConfigurationError(`the second argument is missing; write ${example}`);
}

function checkRange({ kind, min, max, step }: IntParam | FloatParam): void {
  if (!Number.isFinite(min) || !Number.isFinite(max) || min > max) {
    throw new ConfigurationError(`min ${min} and max ${max} are no range; give finite numbers with min <= max`);
  }
  if (kind === "int" && !(Number.isSafeInteger(min) && Number.isSafeInteger(max) && Number.isSafeInteger(step))) {
    throw new ConfigurationError("min, max and step are whole numbers");
  }
  if (!(step > 0) && min !== max) throw new ConfigurationError(`step ${step} is not above zero`);
}

function checkOptions({ options }: ChoiceParam): void {
  if (!Array.isArray(options) || options.length === 0) throw new ConfigurationError("give at least one option");
  for (const option of options as readonly unknown[]) {
    if (typeof option === "string" || (typeof option === "number" && Number.isFinite(option))) continue;
    throw new ConfigurationError(`${String(option)} is neither a text nor a number`);
  }
  // The command line gives text, so that "1" and 1 cannot be told apart there.
  if (new Set(options.map(String)).size < options.length)
    throw new ConfigurationError(`the options ${options.join(", ")} are not all different`);
}

function checkValue(name: string, param: Param, value: unknown): asserts value is ParamValue {
  const shown = typeof value === "string" ? `"${value}"` : String(value);
  switch (param.kind) {
    case "bool":
      if (typeof value === "boolean") return;
      throw new ConfigurationError(`${name}: ${shown} is not true or false`);
    case "choice":
      if ((param.options as readonly unknown[]).includes(value)) return;
      throw new ConfigurationError(`${name}: ${shown} is not one of ${param.options.join(", ")}`);
    case "int":
    case "float":
      if (typeof value !== "number" || !Number.isFinite(value)) throw new ConfigurationError(`${name}: ${shown} is not a number`);
      if (param.kind === "int" && !Number.isInteger(value)) throw new ConfigurationError(`${name}: ${value} is not a whole number`);
      if (value >= param.min && value <= param.max) return;
      throw new ConfigurationError(`${name}: ${value} is outside ${param.min} to ${param.max}`);
  }
}
