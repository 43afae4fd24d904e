/**
 * What a statistic's number counts. `percent` is a percent (2 is 2 %), `ratio` a plain factor, `currency` an amount of the
 * account's currency, `duration` milliseconds, `time` milliseconds since the epoch (UTC), `count` a whole number, `text` words.
 */
export const UNITS = ["percent", "ratio", "currency", "duration", "time", "count", "text"] as const;
export type Unit = (typeof UNITS)[number];

/** One statistic: what it is called, what it means, where it comes from and how it is computed. */
export interface StatisticDefinition<Input> {
  /** Its name in a report. @default the key */
  readonly label?: string;
  readonly unit: Unit;
  /** One or two sentences for a reader who has not met it. */
  readonly description: string;
  /** The formula in plain text. */
  readonly formula: string;
  /** The system, paper or book whose definition this is. */
  readonly source: string;
  /** What has to be there, said when it is not: "needs two trades". */
  readonly needs: string;
  /** Which part of a report it belongs to. */
  readonly section: Section;
  /** The value; a number that is not finite, or an empty text, means "not available". */
  readonly compute: (input: Input) => number | string;
}

/** Parts of a report, in the order they are shown. */
export const SECTIONS = ["period", "performance", "risk", "benchmark", "trades", "costs", "orders"] as const;
export type Section = (typeof SECTIONS)[number];

/** A computed statistic: a value, or the reason why there is none. */
export type Statistic =
  | { readonly value: number | string; readonly reason?: undefined }
  | { readonly value: undefined; readonly reason: string };

/** Statistics by the keys of their definitions. */
export type StatisticsOf<Definitions> = { readonly [Key in keyof Definitions]: Statistic };

/** Types a group of definitions while keeping its keys. */
export function defineStatistics<Input>() {
  return <Key extends string>(definitions: Readonly<Record<Key, StatisticDefinition<Input>>>) => definitions;
}

/** Computes every definition of a group. */
export function evaluate<Input, Key extends string>(
  definitions: Readonly<Record<Key, StatisticDefinition<Input>>>,
  input: Input,
): Readonly<Record<Key, Statistic>> {
  const result: Partial<Record<Key, Statistic>> = {};
  for (const key of Object.keys(definitions) as Key[]) result[key] = evaluateOne(definitions[key], input);
  return result as Record<Key, Statistic>;
}

/** The number of a statistic, NaN when it has none. */
export function numberOf(statistic: Statistic): number {
  return typeof statistic.value === "number" ? statistic.value : NaN;
}

function evaluateOne<Input>(definition: StatisticDefinition<Input>, input: Input): Statistic {
  const value = definition.compute(input);
  const isMissing = typeof value === "number" ? !Number.isFinite(value) : value === "";
  return isMissing ? { value: undefined, reason: definition.needs } : { value };
}
