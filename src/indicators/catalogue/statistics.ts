import type { Study } from "../indicator.ts";
import { choice, integer, real, type IndicatorSpecification, type ParameterValues, type Scaling } from "../specification.ts";
import { beta } from "../statistics/beta.ts";
import { correl } from "../statistics/correl.ts";
import { linearRegAngle } from "../statistics/linearreg-angle.ts";
import { linearRegIntercept } from "../statistics/linearreg-intercept.ts";
import { linearRegSlope } from "../statistics/linearreg-slope.ts";
import { linearReg } from "../statistics/linearreg.ts";
import { DEVIATION_LIMITS, METHODS, type MethodOptions } from "../statistics/method.ts";
import { stdDev } from "../statistics/stddev.ts";
import { tsf } from "../statistics/tsf.ts";
import { variance } from "../statistics/variance.ts";
import { statisticsBeyondTalib } from "./statistics-beyond-talib.ts";

const method = choice("method", "exact", METHODS);

/** Regression, correlation and deviation: all of TA-Lib's statistic functions, and ours after them. */
export const statistics: readonly IndicatorSpecification[] = [
  {
    name: "beta",
    title: "Beta",
    group: "statistics",
    parameters: [integer("period", 5), method],
    lines: ["value"],
    inputs: ["high", "low"],
    reads: "pair",
    create: ({ period, ...options } = {}) => beta(period as number | undefined, options),
    formula: "cov(r₁, r₂) / var(r₁) over period returns r = Δx / x of the two series; high and low unless told otherwise",
    source: "TA-Lib, BETA",
    talib: { function: "BETA", lines: ["value"], parameters: { optInTimePeriod: "period" }, fixed: { method: "talib" } },
    scaling: "none",
  },
  {
    name: "correl",
    title: "Pearson's correlation coefficient",
    group: "statistics",
    parameters: [integer("period", 30), method],
    lines: ["value"],
    inputs: ["high", "low"],
    reads: "pair",
    create: ({ period, ...options } = {}) => correl(period as number | undefined, options),
    formula: "cov(x, y) / √(var x · var y) over the last period numbers; high and low unless told otherwise",
    source: "TA-Lib, CORREL",
    talib: { function: "CORREL", lines: ["value"], parameters: { optInTimePeriod: "period" }, fixed: { method: "talib" } },
  },
  regression(
    "linearReg",
    "LINEARREG",
    "Linear regression",
    linearReg,
    "b + m · (n − 1), the line b + m · t through n = period numbers at t = 0 … n − 1",
    "price",
  ),
  regression("linearRegAngle", "LINEARREG_ANGLE", "Linear regression angle", linearRegAngle, "arctan m in degrees, m being linearRegSlope"),
  regression(
    "linearRegIntercept",
    "LINEARREG_INTERCEPT",
    "Linear regression intercept",
    linearRegIntercept,
    "b = mean x − m · (n − 1) / 2, m being linearRegSlope",
    "price",
  ),
  regression(
    "linearRegSlope",
    "LINEARREG_SLOPE",
    "Linear regression slope",
    linearRegSlope,
    "m = cov(t, x) / var t over n = period numbers at t = 0 … n − 1",
    "price",
  ),
  {
    name: "stdDev",
    title: "Standard deviation",
    group: "statistics",
    parameters: [integer("period", 5), real("deviations", 1, DEVIATION_LIMITS), method],
    lines: ["value"],
    inputs: ["close"],
    reads: "series",
    create: ({ period, ...options } = {}) => stdDev(period as number | undefined, options),
    formula: "deviations · √(Σ(x − mean)² / n) over the last n = period numbers",
    source: "TA-Lib, STDDEV",
    talib: {
      function: "STDDEV",
      lines: ["value"],
      parameters: { optInTimePeriod: "period", optInNbDev: "deviations" },
      fixed: { method: "talib" },
    },
    scaling: "price",
  },
  regression(
    "tsf",
    "TSF",
    "Time series forecast",
    tsf,
    "b + m · n, the line b + m · t through n = period numbers at t = 0 … n − 1",
    "price",
  ),
  {
    name: "variance",
    title: "Variance",
    group: "statistics",
    parameters: [integer("period", 5), real("deviations", 1, DEVIATION_LIMITS), method],
    lines: ["value"],
    inputs: ["close"],
    reads: "series",
    create: ({ period, ...options } = {}) => variance(period as number | undefined, options),
    formula: "Σ(x − mean)² / n over the last n = period numbers",
    source: "TA-Lib, VAR",
    talib: {
      function: "VAR",
      lines: ["value"],
      parameters: { optInTimePeriod: "period", optInNbDev: "deviations" },
      fixed: { method: "talib" },
    },
    scaling: "squared",
  },
  ...statisticsBeyondTalib,
];

function regression(
  name: string,
  talibName: string,
  title: string,
  create: (period?: number, options?: MethodOptions) => Study,
  formula: string,
  scaling?: Scaling,
): IndicatorSpecification {
  return {
    name,
    title,
    group: "statistics",
    parameters: [integer("period", 14, { min: 2 }), method],
    lines: ["value"],
    inputs: ["close"],
    reads: "series",
    create: ({ period, ...options }: ParameterValues = {}) => create(period as number | undefined, options),
    formula,
    source: `TA-Lib, ${talibName}`,
    talib: { function: talibName, lines: ["value"], parameters: { optInTimePeriod: "period" }, fixed: { method: "talib" } },
    ...(scaling === undefined ? {} : { scaling }),
  };
}
