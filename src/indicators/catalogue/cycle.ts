import type { IndicatorSpecification } from "../specification.ts";

/** The period and phase of the market's swings, by Hilbert transform. */
export const cycle: readonly IndicatorSpecification[] = [];
