import type { IndicatorSpecification } from "../specification.ts";

/** Oscillators beyond TA-Lib's. */
export const oscillators: readonly IndicatorSpecification[] = [];
