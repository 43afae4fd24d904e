import { ConfigurationError } from "../base/errors.ts";

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

/** A whole number in `[min, max]`. */
export function int(defaultValue: number, range: { readonly min: number; readonly max: number; readonly step?: number }): IntParam {
  const param: IntParam = { kind: "int", default: defaultValue, min: range.min, max: range.max, step: range.step ?? 1 };
  checkRange("int", param);
  if (!Number.isInteger(param.min) || !Number.isInteger(param.max) || !Number.isInteger(param.step)) {
    throw new ConfigurationError("int: min, max and step are whole numbers");
  }
  checkValue("int", param, defaultValue);
  return param;
}

/** A real number in `[min, max]`. */
export function float(defaultValue: number, range: { readonly min: number; readonly max: number; readonly step?: number }): FloatParam {
  const param: FloatParam = {
    kind: "float",
    default: defaultValue,
    min: range.min,
    max: range.max,
    step: range.step ?? (range.max - range.min) / 100,
  };
  checkRange("float", param);
  checkValue("float", param, defaultValue);
  return param;
}

/** One of a list of texts or numbers. */
export function choice<const T extends string | number>(defaultValue: NoInfer<T>, options: readonly T[]): ChoiceParam<T> {
  const param: ChoiceParam<T> = { kind: "choice", default: defaultValue, options };
  if (options.length === 0) throw new ConfigurationError("choice: give at least one option");
  checkValue("choice", param, defaultValue);
  return param;
}

/** On or off. */
export function bool(defaultValue: boolean): BoolParam {
  if (typeof defaultValue !== "boolean") throw new ConfigurationError("bool: the default is true or false");
  return { kind: "bool", default: defaultValue };
}

/** The defaults with the given values over them; an unknown name or a value out of range is refused by name. */
export function resolveParams<Specs extends ParamSpecs>(specs: Specs, values: Readonly<Record<string, unknown>> = {}): ParamValues<Specs> {
  for (const name of Object.keys(values)) {
    if (Object.hasOwn(specs, name)) continue;
    const known = Object.keys(specs).join(", ") || "none";
    throw new ConfigurationError(`unknown parameter "${name}"; this expert has: ${known}`);
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
      return text.trim() === "" ? NaN : Number(text);
    case "bool":
      return text === "true" ? true : text === "false" ? false : text;
    case "choice":
      return param.options.find((option) => String(option) === text) ?? text;
  }
}

function checkRange(name: string, { min, max, step }: IntParam | FloatParam): void {
  if (!Number.isFinite(min) || !Number.isFinite(max) || min > max) {
    throw new ConfigurationError(`${name}: min ${min} and max ${max} are no range; give finite numbers with min <= max`);
  }
  if (!(step > 0) && min !== max) throw new ConfigurationError(`${name}: step ${step} is not above zero`);
}

function checkValue(name: string, param: Param, value: unknown): asserts value is ParamValue {
  switch (param.kind) {
    case "bool":
      if (typeof value === "boolean") return;
      throw new ConfigurationError(`${name}: ${String(value)} is not true or false`);
    case "choice":
      if ((param.options as readonly unknown[]).includes(value)) return;
      throw new ConfigurationError(`${name}: ${String(value)} is not one of ${param.options.join(", ")}`);
    case "int":
    case "float":
      if (typeof value !== "number" || !Number.isFinite(value)) throw new ConfigurationError(`${name}: ${String(value)} is not a number`);
      if (param.kind === "int" && !Number.isInteger(value)) throw new ConfigurationError(`${name}: ${value} is not a whole number`);
      if (value >= param.min && value <= param.max) return;
      throw new ConfigurationError(`${name}: ${value} is outside ${param.min} to ${param.max}`);
  }
}
