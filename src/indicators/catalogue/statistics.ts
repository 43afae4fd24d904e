import type { IndicatorSpecification } from "../specification.ts";

/** Regression, correlation, deviation and rank. */
export const statistics: readonly IndicatorSpecification[] = [];
