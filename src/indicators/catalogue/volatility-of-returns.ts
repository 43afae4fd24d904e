import { choice, integer, real, type IndicatorSpecification } from "../specification.ts";
import { BARS_PER_YEAR_LIMITS } from "../volatility/annual.ts";
import { garmanKlass } from "../volatility/garman-klass.ts";
import { RETURN_CENTERS, historicalVolatility } from "../volatility/historical-volatility.ts";
import { parkinson } from "../volatility/parkinson.ts";
import { rogersSatchell } from "../volatility/rogers-satchell.ts";
import { yangZhang } from "../volatility/yang-zhang.ts";

/** Estimates of the standard deviation of logarithmic returns, of a bar or of a year. */
export const volatilityOfReturns: readonly IndicatorSpecification[] = [
  {
    name: "garmanKlass",
    title: "Garman-Klass volatility",
    group: "volatility",
    parameters: [integer("period", 20), real("barsPerYear", 1, BARS_PER_YEAR_LIMITS)],
    lines: ["value"],
    inputs: ["open", "high", "low", "close"],
    reads: "bars",
    create: ({ period, ...options } = {}) => garmanKlass(period as number | undefined, options),
    formula: "√(barsPerYear · mean of ½ · ln²(high / low) − (2 · ln 2 − 1) · ln²(close / open))",
    source:
      "Mark B. Garman, Michael J. Klass, On the Estimation of Security Price Volatilities from Historical Data, Journal of Business 53 (1980)",
    scaling: "none",
    gaps: "prices that are not positive have no logarithm",
  },
  {
    name: "historicalVolatility",
    title: "Historical volatility",
    group: "volatility",
    parameters: [integer("period", 20, { min: 2 }), choice("center", "mean", RETURN_CENTERS), real("barsPerYear", 1, BARS_PER_YEAR_LIMITS)],
    lines: ["value"],
    inputs: ["close"],
    reads: "series",
    create: ({ period, ...options } = {}) => historicalVolatility(period as number | undefined, options),
    formula: "√(barsPerYear · Σ(r − mean)² / (period − 1)), r = ln(x / x₁); about zero, √(barsPerYear · Σ r² / period)",
    source: "John C. Hull, Options, Futures, and Other Derivatives (2014), chapter 15",
    scaling: "none",
    gaps: "prices that are not positive have no logarithm",
  },
  {
    name: "parkinson",
    title: "Parkinson volatility",
    group: "volatility",
    parameters: [integer("period", 20), real("barsPerYear", 1, BARS_PER_YEAR_LIMITS)],
    lines: ["value"],
    inputs: ["high", "low"],
    reads: "bars",
    create: ({ period, ...options } = {}) => parkinson(period as number | undefined, options),
    formula: "√(barsPerYear · mean of ln²(high / low) / (4 · ln 2))",
    source: "Michael Parkinson, The Extreme Value Method for Estimating the Variance of the Rate of Return, Journal of Business 53 (1980)",
    scaling: "none",
    gaps: "prices that are not positive have no logarithm",
  },
  {
    name: "rogersSatchell",
    title: "Rogers-Satchell volatility",
    group: "volatility",
    parameters: [integer("period", 20), real("barsPerYear", 1, BARS_PER_YEAR_LIMITS)],
    lines: ["value"],
    inputs: ["open", "high", "low", "close"],
    reads: "bars",
    create: ({ period, ...options } = {}) => rogersSatchell(period as number | undefined, options),
    formula: "√(barsPerYear · mean of ln(h/c) · ln(h/o) + ln(l/c) · ln(l/o))",
    source:
      "L. C. G. Rogers, S. E. Satchell, Estimating Variance from High, Low and Closing Prices, Annals of Applied Probability 1 (1991)",
    scaling: "none",
    gaps: "prices that are not positive have no logarithm",
  },
  {
    name: "yangZhang",
    title: "Yang-Zhang volatility",
    group: "volatility",
    parameters: [integer("period", 20, { min: 2 }), real("barsPerYear", 1, BARS_PER_YEAR_LIMITS)],
    lines: ["value"],
    inputs: ["open", "high", "low", "close"],
    reads: "bars",
    create: ({ period, ...options } = {}) => yangZhang(period as number | undefined, options),
    formula: "√(barsPerYear · (var ln(o/c₁) + k · var ln(c/o) + (1 − k) · Rogers-Satchell²)), k = 0.34 / (1.34 + (n + 1) / (n − 1))",
    source:
      "Dennis Yang, Qiang Zhang, Drift-Independent Volatility Estimation Based on High, Low, Open, and Close Prices, Journal of Business 73 (2000)",
    scaling: "none",
    gaps: "prices that are not positive have no logarithm",
  },
];
