import { macd } from "../momentum/macd.ts";
import { rsi } from "../momentum/rsi.ts";
import { integer, type IndicatorSpecification } from "../specification.ts";

/** How fast and how far the price moves. */
export const momentum: readonly IndicatorSpecification[] = [
  {
    name: "rsi",
    title: "Relative strength index",
    group: "momentum",
    parameters: [integer("period", 14, { min: 2 })],
    lines: ["value"],
    inputs: ["close"],
    reads: "series",
    create: ({ period } = {}) => rsi(period as number | undefined),
    formula: "100 · gain / (gain + loss), both smoothed by (g · (period − 1) + move) / period",
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems (1978)",
    talib: { function: "RSI", lines: ["value"], parameters: { optInTimePeriod: "period" }, unstable: true },
    scaling: "none",
  },
  {
    name: "macd",
    title: "Moving average convergence/divergence",
    group: "momentum",
    parameters: [integer("fast", 12, { min: 2 }), integer("slow", 26, { min: 2 }), integer("signal", 9)],
    lines: ["macd", "signal", "histogram"],
    inputs: ["close"],
    reads: "series",
    create: (values = {}) => macd(values),
    formula: "macd = ema(fast) − ema(slow); signal = ema(macd, signal); histogram = macd − signal",
    source: "Gerald Appel, The Moving Average Convergence-Divergence Trading Method (1979)",
    talib: {
      function: "MACD",
      lines: ["macd", "signal", "histogram"],
      parameters: { optInFastPeriod: "fast", optInSlowPeriod: "slow", optInSignalPeriod: "signal" },
      unstable: true,
    },
    scaling: "price",
  },
];
