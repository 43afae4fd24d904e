import { integer, type IndicatorSpecification } from "../specification.ts";
import { atr } from "../volatility/atr.ts";

/** How widely the price swings. */
export const volatility: readonly IndicatorSpecification[] = [
  {
    name: "atr",
    title: "Average true range",
    group: "volatility",
    parameters: [integer("period", 14)],
    lines: ["value"],
    inputs: ["high", "low", "close"],
    reads: "bars",
    create: ({ period } = {}) => atr(period as number | undefined),
    formula: "(atr · (period − 1) + true range) / period, from the mean of the first period true ranges",
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems (1978)",
    talib: { function: "ATR", lines: ["value"], parameters: { optInTimePeriod: "period" }, unstable: true },
    scaling: "price",
  },
];
