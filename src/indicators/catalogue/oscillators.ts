import { elderRay } from "../oscillators/elder-ray.ts";
import { EMA_SEEDS } from "../overlap/ema.ts";
import { oscillatorsOfBars } from "./oscillators-of-bars.ts";
import { oscillatorsOfSeries } from "./oscillators-of-series.ts";
import { choice, integer, type IndicatorSpecification } from "../specification.ts";

/** Oscillators beyond TA-Lib's. */
export const oscillators: readonly IndicatorSpecification[] = [
  ...oscillatorsOfBars,
  ...oscillatorsOfSeries,
  {
    name: "elderRay",
    title: "Elder ray",
    group: "oscillators",
    parameters: [integer("period", 13), choice("seed", "average", EMA_SEEDS)],
    lines: ["bull", "bear"],
    inputs: ["high", "low", "close"],
    reads: "bars",
    create: ({ period, ...options } = {}) => elderRay(period as number | undefined, options),
    formula: "bull = high − ema(close, period); bear = low − ema(close, period)",
    source: "Alexander Elder, Trading for a Living (1993)",
    scaling: "price",
  },
];
