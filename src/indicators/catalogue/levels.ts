import { PIVOT_GAPS, PIVOT_KINDS } from "../levels/pivot-levels.ts";
import { SESSIONS } from "../levels/session.ts";
import { choice, integer, real, type IndicatorSpecification } from "../specification.ts";
import { anchoredVwap } from "../levels/anchored-vwap.ts";
import { fractals } from "../levels/fractals.ts";
import { pivotPoints } from "../levels/pivot-points.ts";
import { rollingPivots } from "../levels/rolling-pivots.ts";
import { sessionLevels } from "../levels/session-levels.ts";
import { supportResistance } from "../levels/support-resistance.ts";
import { volumeProfile } from "../levels/volume-profile.ts";
import { vwap } from "../levels/vwap.ts";
import { zigZag } from "../levels/zig-zag.ts";

/** Prices that matter: pivots, swings, volume-weighted averages and profiles. */
export const levels: readonly IndicatorSpecification[] = [
  {
    name: "anchoredVwap",
    title: "Anchored volume-weighted average price",
    group: "levels",
    parameters: [real("anchor", 0, { min: 0, max: 8.64e15 }), real("deviations", 2, { min: 0, max: 1_000 })],
    lines: ["value", "upper", "lower"],
    inputs: ["openTime", "high", "low", "close", "volume"],
    reads: "bars",
    create: (options = {}) => anchoredVwap(options),
    formula:
      "value = Σ p · volume / Σ volume of bars that open at the anchor or later, p = (high + low + close) / 3; upper and lower = value ± deviations · volume-weighted σ",
    source: "Brian Shannon, Maximum Trading Gains with Anchored VWAP (2023)",
    scaling: "price",
    gaps: "NaN before the anchor",
  },
  {
    name: "fractals",
    title: "Fractals (fractal chaos bands)",
    group: "levels",
    parameters: [integer("span", 2, { max: 10_000 })],
    lines: ["high", "low"],
    inputs: ["high", "low"],
    reads: "bars",
    create: ({ span } = {}) => fractals(span as number | undefined),
    formula: "the last high above, and low below, those of span bars on either side, from span bars after it on",
    source: "Bill Williams, Trading Chaos (1995)",
    scaling: "price",
    gaps: "NaN until the first fractal is certain",
  },
  {
    name: "pivotPoints",
    title: "Pivot points",
    group: "levels",
    parameters: [choice("kind", "classic", PIVOT_KINDS), choice("session", "day", SESSIONS)],
    lines: ["pivot", "r1", "r2", "r3", "r4", "s1", "s2", "s3", "s4"],
    inputs: ["openTime", "open", "high", "low", "close"],
    reads: "bars",
    create: (options = {}) => pivotPoints(options),
    formula:
      "classic: pivot = (h + l + c) / 3, r1 = 2 · pivot − l, r2 = pivot + h − l, r3 = h + 2 · (pivot − l), s1 to s3 mirrored; h, l and c of the session before",
    source: "StockCharts ChartSchool, Pivot Points; Skender, Stock Indicators, Pivot Points",
    scaling: "price",
    gaps: `NaN until a whole session has been seen; ${PIVOT_GAPS}`,
  },
  {
    name: "rollingPivots",
    title: "Rolling pivot points",
    group: "levels",
    parameters: [integer("period", 20, { max: 99_999 }), choice("kind", "classic", PIVOT_KINDS)],
    lines: ["pivot", "r1", "r2", "r3", "r4", "s1", "s2", "s3", "s4"],
    inputs: ["open", "high", "low", "close"],
    reads: "bars",
    create: ({ period, ...options } = {}) => rollingPivots(period as number | undefined, options),
    formula: "the levels of pivotPoints, with the last period bars before this one for the session",
    source: "Skender, Stock Indicators, Rolling Pivot Points",
    scaling: "price",
    gaps: PIVOT_GAPS,
  },
  {
    name: "sessionLevels",
    title: "Session levels",
    group: "levels",
    parameters: [choice("session", "day", SESSIONS)],
    lines: ["open", "high", "low", "previousHigh", "previousLow", "previousClose"],
    inputs: ["openTime", "open", "high", "low", "close"],
    reads: "bars",
    create: (options = {}) => sessionLevels(options),
    formula: "open, high and low of the session so far; high, low and close of the session before",
    source: "Common practice: prior day’s high, low and close",
    scaling: "price",
    gaps: "NaN for a session that the series does not show from its first moment",
  },
  {
    name: "supportResistance",
    title: "Support and resistance",
    group: "levels",
    parameters: [integer("span", 5, { max: 10_000 }), integer("levels", 20, { max: 1_000 })],
    lines: ["support", "resistance"],
    inputs: ["high", "low", "close"],
    reads: "bars",
    create: ({ span, ...options } = {}) => supportResistance(span as number | undefined, options),
    formula: "support = the highest of the last swing highs and lows at or below the close, resistance = the lowest above it",
    source: "John J. Murphy, Technical Analysis of the Financial Markets (1999)",
    scaling: "price",
    gaps: "NaN where no remembered swing lies on that side",
  },
  {
    name: "volumeProfile",
    title: "Volume profile",
    group: "levels",
    parameters: [integer("period", 100), integer("rows", 24, { max: 10_000 }), real("valueArea", 70, { min: 1, max: 100 })],
    lines: ["poc", "valueHigh", "valueLow"],
    inputs: ["high", "low", "volume"],
    reads: "bars",
    create: ({ period, ...options } = {}) => volumeProfile(period as number | undefined, options),
    formula:
      "poc = the middle of the fullest of equal price rows; valueHigh and valueLow = the bounds of the rows around it that hold valueArea percent",
    source: "Peter Steidlmayer, Market Profile; TradingView, Volume Profile",
    scaling: "price",
  },
  {
    name: "vwap",
    title: "Volume-weighted average price of the session",
    group: "levels",
    parameters: [choice("session", "day", SESSIONS), real("deviations", 2, { min: 0, max: 1_000 })],
    lines: ["value", "upper", "lower"],
    inputs: ["openTime", "high", "low", "close", "volume"],
    reads: "bars",
    create: (options = {}) => vwap(options),
    formula:
      "value = Σ p · volume / Σ volume since the session began, p = (high + low + close) / 3; upper and lower = value ± deviations · volume-weighted σ",
    source: "TradingView, ta.vwap; Skender, Stock Indicators, VWAP",
    scaling: "price",
  },
  {
    name: "zigZag",
    title: "ZigZag, confirmed",
    group: "levels",
    parameters: [real("percent", 5, { min: 0.001, max: 99 })],
    lines: ["pivot", "direction", "age"],
    inputs: ["high", "low"],
    reads: "bars",
    create: ({ percent } = {}) => zigZag(percent as number | undefined),
    formula:
      "pivot = the last extreme from which the price has moved back by percent; direction = 1 after a low, −1 after a high; age = bars since it",
    source: "Arthur Merrill, Filtered Waves (1977)",
    scaling: { pivot: "price", direction: "none", age: "none" },
    gaps: "NaN until the first turning point is certain",
  },
];
