import type { IndicatorSpecification } from "../specification.ts";

/** Channels and trend followers beyond TA-Lib's. */
export const trend: readonly IndicatorSpecification[] = [];
