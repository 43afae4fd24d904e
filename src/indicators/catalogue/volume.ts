import type { IndicatorSpecification } from "../specification.ts";

/** What the traded quantity tells. */
export const volume: readonly IndicatorSpecification[] = [];
