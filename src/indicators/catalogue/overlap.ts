import { EMA_SEEDS, ema, type EmaSeed } from "../overlap/ema.ts";
import { sma } from "../overlap/sma.ts";
import { choice, integer, type IndicatorSpecification } from "../specification.ts";

/** Averages and bands that lie over the price. */
export const overlap: readonly IndicatorSpecification[] = [
  {
    name: "sma",
    title: "Simple moving average",
    group: "overlap",
    parameters: [integer("period", 30)],
    lines: ["value"],
    inputs: ["close"],
    reads: "series",
    create: ({ period } = {}) => sma(period as number | undefined),
    formula: "(x₁ + … + xₙ) / n over the last n = period numbers",
    source: "TA-Lib, SMA",
    talib: { function: "SMA", lines: ["value"], parameters: { optInTimePeriod: "period" } },
    scaling: "price",
  },
  {
    name: "ema",
    title: "Exponential moving average",
    group: "overlap",
    parameters: [integer("period", 30), choice("seed", "average", EMA_SEEDS)],
    lines: ["value"],
    inputs: ["close"],
    reads: "series",
    create: ({ period, seed = "average" } = {}) => ema(period as number | undefined, { seed: seed as EmaSeed }),
    formula: "e + (x − e) · 2 / (period + 1), from the mean of the first period numbers",
    source: "TA-Lib, EMA",
    talib: { function: "EMA", lines: ["value"], parameters: { optInTimePeriod: "period" }, unstable: true },
    scaling: "price",
  },
];
