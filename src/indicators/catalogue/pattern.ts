import type { IndicatorSpecification } from "../specification.ts";

/** Candlestick patterns: 100, −100 or 0 per bar, ±200 where TA-Lib gives it. */
export const pattern: readonly IndicatorSpecification[] = [];
