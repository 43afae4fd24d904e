import type { IndicatorSpecification } from "../specification.ts";

/** Prices that matter: pivots, swings, volume-weighted averages and profiles. */
export const levels: readonly IndicatorSpecification[] = [];
