import type { IndicatorSpecification } from "../specification.ts";

/** One price made of several of the bar's. */
export const price: readonly IndicatorSpecification[] = [];
