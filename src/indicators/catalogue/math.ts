import type { IndicatorSpecification } from "../specification.ts";

/** Functions of one number, and of a window or two series. */
export const math: readonly IndicatorSpecification[] = [];
