import type { Study } from "./indicator.ts";

/** What an indicator is about; the folder it lies in. */
export const GROUPS = [
  "overlap",
  "momentum",
  "volume",
  "volatility",
  "price",
  "cycle",
  "statistics",
  "math",
  "pattern",
  "trend",
  "oscillators",
  "levels",
  "orderflow",
  "regime",
] as const;
export type Group = (typeof GROUPS)[number];

/** A parameter, its default and what it may be. */
export type Parameter =
  | { readonly kind: "integer" | "real"; readonly name: string; readonly default: number; readonly min: number; readonly max: number }
  | { readonly kind: "choice"; readonly name: string; readonly default: string; readonly choices: readonly string[] };

/** Values of parameters by name; those left out take their default. */
export type ParameterValues = Readonly<Record<string, number | string>>;

/** A column that an indicator reads from the bar. */
export type InputName = "openTime" | "open" | "high" | "low" | "close" | "volume";

/**
 * What happens to a line when all prices are multiplied by a factor: it is multiplied too, by the factor ("price") or its
 * square ("squared"), or stays as it is ("none").
 */
export type Scaling = "price" | "squared" | "none";

/** How an indicator is found in TA-Lib. */
export interface TalibEquivalent {
  /** TA-Lib's name, such as "MACD". */
  readonly function: string;
  /** Our lines in the order of TA-Lib's outputs. */
  readonly lines: readonly string[];
  /** TA-Lib's optional inputs and our parameters. A choice is counted in TA-Lib's order: MAType 1 is `choices[1]`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Parameters of ours that TA-Lib has not, with the values that make the two equal. */
  readonly fixed?: ParameterValues;
  /** Whether TA-Lib gives it an unstable period: its early values depend on where the series begins. */
  readonly unstable?: boolean;
}

/** Everything a program needs to know to make an indicator, run it and describe it. */
export interface IndicatorSpecification {
  /** The name it is exported under. */
  readonly name: string;
  /** The name people use. */
  readonly title: string;
  readonly group: Group;
  readonly parameters: readonly Parameter[];
  /** What parameters must keep among themselves, where their limits cannot say it. */
  readonly rule?: string;
  readonly lines: readonly string[];
  /** Columns it reads; for those of a series ("series" and "pair"), the sources it reads unless told otherwise. */
  readonly inputs: readonly InputName[];
  /** Whether it reads whole bars, or one or two series that `of` can replace. */
  readonly reads: "bars" | "series" | "pair";
  create(parameters?: ParameterValues): Study;
  readonly formula: string;
  /** The paper, book or page that defines it. */
  readonly source: string;
  readonly talib?: TalibEquivalent;
  /** How lines follow the scale of prices, one for all or by line; left out where the rule does not apply. */
  readonly scaling?: Scaling | Readonly<Record<string, Scaling>>;
  /** Why a value may be NaN after the warm-up, where it may. */
  readonly gaps?: string;
}

/** A whole-number parameter. */
export function integer(name: string, value: number, { min = 1, max = 100_000 } = {}): Parameter {
  return { kind: "integer", name, default: value, min, max };
}

/** A parameter that may have a fraction. */
export function real(name: string, value: number, { min, max }: { readonly min: number; readonly max: number }): Parameter {
  return { kind: "real", name, default: value, min, max };
}

/** A parameter that is one of some words. */
export function choice(name: string, value: string, choices: readonly string[]): Parameter {
  return { kind: "choice", name, default: value, choices };
}
