import type { CandlePattern } from "../pattern/candle-pattern.ts";
import { PENETRATION_MAX } from "../pattern/candle-settings.ts";
import { ENDS, type Ends } from "../pattern/nesting.ts";
import { choice, real, type IndicatorSpecification } from "../specification.ts";

/** What tells one candlestick pattern from another. */
export interface PatternEntry<Create> {
  readonly name: string;
  readonly title: string;
  /** TA-Lib's name. */
  readonly talib: string;
  readonly create: Create;
  readonly formula: string;
  readonly source: string;
}

/** The specification of a pattern without parameters; candle settings are an option object, no parameters. */
export function candlestick({ name, title, talib, create, formula, source }: PatternEntry<() => CandlePattern>): IndicatorSpecification {
  return {
    name,
    title,
    group: "pattern",
    parameters: [],
    lines: ["value"],
    inputs: ["open", "high", "low", "close"],
    reads: "bars",
    create: () => create(),
    formula,
    source,
    talib: { function: talib, lines: ["value"], parameters: {} },
    scaling: "none",
  };
}

/** The specification of a pattern that asks how far a candle goes back into the first body. */
export function penetrating({
  penetration,
  create,
  ...entry
}: PatternEntry<(options: { readonly penetration?: number }) => CandlePattern> & { readonly penetration: number }): IndicatorSpecification {
  return {
    ...candlestick({ ...entry, create: () => create({}) }),
    parameters: [real("penetration", penetration, { min: 0, max: PENETRATION_MAX })],
    create: (values = {}) => create(values),
    talib: { function: entry.talib, lines: ["value"], parameters: { optInPenetration: "penetration" } },
  };
}

/** The specification of a pattern with one body within another. */
export function nesting({ create, ...entry }: PatternEntry<(options: { readonly ends?: Ends }) => CandlePattern>): IndicatorSpecification {
  return {
    ...candlestick({ ...entry, create: () => create({}) }),
    parameters: [choice("ends", "apart", ENDS)],
    create: (values = {}) => create(values),
    talib: { function: entry.talib, lines: ["value"], parameters: {}, fixed: { ends: "apart" } },
  };
}
