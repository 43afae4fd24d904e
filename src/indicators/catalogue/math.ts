import { add } from "../math/add.ts";
import { div } from "../math/div.ts";
import { maxIndex } from "../math/max-index.ts";
import { max } from "../math/max.ts";
import { minIndex } from "../math/min-index.ts";
import { minMaxIndex } from "../math/min-max-index.ts";
import { minMax } from "../math/min-max.ts";
import { min } from "../math/min.ts";
import { mult } from "../math/mult.ts";
import { sub } from "../math/sub.ts";
import { sum } from "../math/sum.ts";
import type { Study } from "../indicator.ts";
import { integer, type IndicatorSpecification, type Scaling } from "../specification.ts";
import { mathTransforms } from "./math-transforms.ts";

/** Functions of one number, and of a window or two series: all of TA-Lib's math functions. */
export const math: readonly IndicatorSpecification[] = [
  ...mathTransforms,
  operator("add", "Sum of two series", add, "x + y", "price"),
  { ...operator("div", "Quotient of two series", div, "x / y", "none"), gaps: "division by zero; TA-Lib gives an infinity" },
  extreme("max", "Highest number", max, ["value"], "the highest of the last period numbers", "price"),
  extreme(
    "maxIndex",
    "Position of the highest number",
    maxIndex,
    ["index", "age"],
    "rows from the series' first number to the highest",
    "none",
  ),
  extreme("min", "Lowest number", min, ["value"], "the lowest of the last period numbers", "price"),
  extreme(
    "minIndex",
    "Position of the lowest number",
    minIndex,
    ["index", "age"],
    "rows from the series' first number to the lowest",
    "none",
  ),
  extreme("minMax", "Lowest and highest number", minMax, ["min", "max"], "both extremes of the last period numbers", "price"),
  extreme(
    "minMaxIndex",
    "Positions of the lowest and the highest number",
    minMaxIndex,
    ["minIndex", "maxIndex", "minAge", "maxAge"],
    "rows from the series' first number to both extremes",
    "none",
  ),
  operator("mult", "Product of two series", mult, "x · y", "squared"),
  operator("sub", "Difference of two series", sub, "x − y", "price"),
  extreme("sum", "Sum", sum, ["value"], "x₁ + … + xₙ over the last n = period numbers", "price"),
];

function operator(name: string, title: string, create: () => Study, formula: string, scaling: Scaling): IndicatorSpecification {
  return {
    name,
    title,
    group: "math",
    parameters: [],
    lines: ["value"],
    inputs: ["high", "low"],
    reads: "pair",
    create: () => create(),
    formula: `${formula}; x is the high and y the low unless told otherwise`,
    source: `TA-Lib, ${name.toUpperCase()}`,
    talib: { function: name.toUpperCase(), lines: ["value"], parameters: {} },
    scaling,
  };
}

/** Of a window: TA-Lib's outputs are the first lines, and ages are ours. */
function extreme(
  name: string,
  title: string,
  create: (period?: number) => Study,
  lines: readonly string[],
  formula: string,
  scaling: Scaling,
): IndicatorSpecification {
  return {
    name,
    title,
    group: "math",
    parameters: [integer("period", 30, { min: 2 })],
    lines,
    inputs: ["close"],
    reads: "series",
    create: ({ period } = {}) => create(period as number | undefined),
    formula,
    source: `TA-Lib, ${name.toUpperCase()}`,
    talib: {
      function: name.toUpperCase(),
      lines: lines.filter((line) => !/age$/i.test(line)),
      parameters: { optInTimePeriod: "period" },
    },
    scaling,
  };
}
