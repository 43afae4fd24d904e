import { acos } from "../math/acos.ts";
import { asin } from "../math/asin.ts";
import { atan } from "../math/atan.ts";
import { ceil } from "../math/ceil.ts";
import { cos } from "../math/cos.ts";
import { cosh } from "../math/cosh.ts";
import { exp } from "../math/exp.ts";
import { floor } from "../math/floor.ts";
import { ln } from "../math/ln.ts";
import { log10 } from "../math/log10.ts";
import { sin } from "../math/sin.ts";
import { sinh } from "../math/sinh.ts";
import { sqrt } from "../math/sqrt.ts";
import { tan } from "../math/tan.ts";
import { tanh } from "../math/tanh.ts";
import type { Study } from "../indicator.ts";
import type { IndicatorSpecification } from "../specification.ts";

const OUTSIDE_ONE = "numbers below −1 or above 1 have none";
const OVERFLOW = "results that no double can hold";
const NOT_POSITIVE = "zero and numbers below it have none; TA-Lib gives −∞ for zero";

/** Functions of one number: all of TA-Lib's math transforms. */
export const mathTransforms: readonly IndicatorSpecification[] = [
  transform("acos", "Arc cosine", acos, "arccos x, in radians", OUTSIDE_ONE),
  transform("asin", "Arc sine", asin, "arcsin x, in radians", OUTSIDE_ONE),
  transform("atan", "Arc tangent", atan, "arctan x, in radians"),
  transform("ceil", "Ceiling", ceil, "the least whole number not below x"),
  transform("cos", "Cosine", cos, "cos x, x in radians"),
  transform("cosh", "Hyperbolic cosine", cosh, "(eˣ + e⁻ˣ) / 2", OVERFLOW),
  transform("exp", "Exponential", exp, "eˣ", OVERFLOW),
  transform("floor", "Floor", floor, "the greatest whole number not above x"),
  transform("ln", "Natural logarithm", ln, "ln x", NOT_POSITIVE),
  transform("log10", "Decimal logarithm", log10, "log₁₀ x", NOT_POSITIVE),
  transform("sin", "Sine", sin, "sin x, x in radians"),
  transform("sinh", "Hyperbolic sine", sinh, "(eˣ − e⁻ˣ) / 2", OVERFLOW),
  transform("sqrt", "Square root", sqrt, "√x", "numbers below zero have none"),
  transform("tan", "Tangent", tan, "tan x, x in radians"),
  transform("tanh", "Hyperbolic tangent", tanh, "(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)"),
];

function transform(name: string, title: string, create: () => Study, formula: string, gaps?: string): IndicatorSpecification {
  return {
    name,
    title,
    group: "math",
    parameters: [],
    lines: ["value"],
    inputs: ["close"],
    reads: "series",
    create: () => create(),
    formula,
    source: `TA-Lib, ${name.toUpperCase()}`,
    talib: { function: name.toUpperCase(), lines: ["value"], parameters: {} },
    ...(gaps === undefined ? {} : { gaps }),
  };
}
