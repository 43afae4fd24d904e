import { integer, real, type IndicatorSpecification } from "../specification.ts";
import { accelerationBands } from "../trend/acceleration-bands.ts";
import { alligator } from "../trend/alligator.ts";
import { chandeKrollStop } from "../trend/chande-kroll-stop.ts";
import { chandelierExit } from "../trend/chandelier-exit.ts";
import { gator } from "../trend/gator.ts";
import { ichimoku } from "../trend/ichimoku.ts";
import { starc } from "../trend/starc.ts";
import { supertrend } from "../trend/supertrend.ts";
import { volatilityStop } from "../trend/volatility-stop.ts";
import { vortex } from "../trend/vortex.ts";
import { trendAverages } from "./trend-averages.ts";

const MULTIPLIER = { min: 0.01, max: 1_000 };
const SHIFT = { min: 0 };
const ALLIGATOR = [
  integer("jaw", 13),
  integer("jawShift", 8, SHIFT),
  integer("teeth", 8),
  integer("teethShift", 5, SHIFT),
  integer("lips", 5),
  integer("lipsShift", 3, SHIFT),
];

/** Averages, channels, stops and trend followers beyond TA-Lib's. */
export const trend: readonly IndicatorSpecification[] = [
  ...trendAverages,
  {
    name: "accelerationBands",
    title: "Acceleration bands",
    group: "trend",
    parameters: [integer("period", 20), real("width", 4, { min: 0, max: 1_000 })],
    lines: ["upper", "middle", "lower"],
    inputs: ["high", "low", "close"],
    reads: "bars",
    create: ({ period, ...options } = {}) => accelerationBands(period as number | undefined, options),
    formula: "upper = sma(high · (1 + r)), middle = sma(close), lower = sma(low · (1 − r)), r = width · (high − low) / (high + low)",
    source: "Price Headley, Big Trends in Trading (2002)",
    scaling: "price",
  },
  {
    name: "alligator",
    title: "Alligator",
    group: "trend",
    parameters: ALLIGATOR,
    lines: ["jaw", "teeth", "lips"],
    inputs: ["high", "low"],
    reads: "bars",
    create: (options = {}) => alligator(options),
    formula: "smma((high + low) / 2, period), shift bars ago, for each line",
    source: "Bill Williams, New Trading Dimensions (1998)",
    scaling: "price",
  },
  {
    name: "chandeKrollStop",
    title: "Chande Kroll stop",
    group: "trend",
    parameters: [integer("period", 10), real("multiplier", 1, MULTIPLIER), integer("stop", 9)],
    lines: ["long", "short"],
    inputs: ["high", "low", "close"],
    reads: "bars",
    create: ({ period, ...options } = {}) => chandeKrollStop(period as number | undefined, options),
    formula: "long = lowest(lowest low + multiplier · atr), short = highest(highest high − multiplier · atr), over the last stop bars",
    source: "Tushar Chande, Stanley Kroll, The New Technical Trader (1994)",
    scaling: "price",
  },
  {
    name: "chandelierExit",
    title: "Chandelier exit",
    group: "trend",
    parameters: [integer("period", 22), real("multiplier", 3, MULTIPLIER)],
    lines: ["long", "short"],
    inputs: ["high", "low", "close"],
    reads: "bars",
    create: ({ period, ...options } = {}) => chandelierExit(period as number | undefined, options),
    formula: "long = highest high − multiplier · atr(period), short = lowest low + multiplier · atr(period)",
    source: "Charles Le Beau; Alexander Elder, Come Into My Trading Room (2002)",
    scaling: "price",
  },
  {
    name: "gator",
    title: "Gator oscillator",
    group: "trend",
    parameters: ALLIGATOR,
    lines: ["upper", "lower"],
    inputs: ["high", "low"],
    reads: "bars",
    create: (options = {}) => gator(options),
    formula: "upper = |jaw − teeth|, lower = −|teeth − lips| of the alligator",
    source: "Bill Williams, New Trading Dimensions (1998)",
    scaling: "price",
  },
  {
    name: "ichimoku",
    title: "Ichimoku Kinkō Hyō",
    group: "trend",
    parameters: [integer("conversion", 9), integer("base", 26), integer("span", 52), integer("displacement", 26, SHIFT)],
    lines: ["conversion", "base", "spanA", "spanB", "leadA", "leadB", "past"],
    inputs: ["high", "low", "close"],
    reads: "bars",
    create: (options = {}) => ichimoku(options),
    formula:
      "conversion and base = (highest high + lowest low) / 2; leadA = (conversion + base) / 2; leadB = the middle over span bars; spanA and spanB = those displacement bars ago; past = the close displacement bars ago",
    source: "Goichi Hosoda, Ichimoku Kinkō Hyō (1969); StockCharts ChartSchool, Ichimoku Cloud",
    scaling: "price",
  },
  {
    name: "starc",
    title: "Stoller average range channel",
    group: "trend",
    parameters: [integer("period", 5), real("multiplier", 2, MULTIPLIER), integer("atrPeriod", 10)],
    lines: ["upper", "middle", "lower"],
    inputs: ["high", "low", "close"],
    reads: "bars",
    create: ({ period, ...options } = {}) => starc(period as number | undefined, options),
    formula: "middle = sma(close, period); upper and lower = middle ± multiplier · atr(atrPeriod)",
    source: "Manning Stoller; Skender, Stock Indicators, STARC Bands",
    scaling: "price",
  },
  {
    name: "supertrend",
    title: "Supertrend",
    group: "trend",
    parameters: [integer("period", 10), real("multiplier", 3, MULTIPLIER)],
    lines: ["value", "direction"],
    inputs: ["high", "low", "close"],
    reads: "bars",
    create: ({ period, ...options } = {}) => supertrend(period as number | undefined, options),
    formula:
      "(high + low) / 2 ∓ multiplier · atr(period), which may only come nearer to the price until a close on the other side turns it",
    source: "Olivier Seban; TradingView, ta.supertrend",
    scaling: { value: "price", direction: "none" },
  },
  {
    name: "volatilityStop",
    title: "Volatility stop",
    group: "trend",
    parameters: [integer("period", 7), real("multiplier", 3, MULTIPLIER)],
    lines: ["value", "direction"],
    inputs: ["high", "low", "close"],
    reads: "bars",
    create: ({ period, ...options } = {}) => volatilityStop(period as number | undefined, options),
    formula: "the best close since the last turn ∓ multiplier · atr(period) of the bar before",
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems (1978), volatility system",
    scaling: { value: "price", direction: "none" },
  },
  {
    name: "vortex",
    title: "Vortex indicator",
    group: "trend",
    parameters: [integer("period", 14)],
    lines: ["plus", "minus"],
    inputs: ["high", "low", "close"],
    reads: "bars",
    create: ({ period } = {}) => vortex(period as number | undefined),
    formula: "plus = Σ |high − low₁| / Σ true range, minus = Σ |low − high₁| / Σ true range",
    source: "Etienne Botes, Douglas Siepman, The Vortex Indicator, Stocks & Commodities 28:1 (2010)",
    scaling: "none",
  },
];
