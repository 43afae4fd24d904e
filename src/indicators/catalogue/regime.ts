import type { IndicatorSpecification } from "../specification.ts";

/** What kind of market it is. */
export const regime: readonly IndicatorSpecification[] = [];
