import type { IndicatorSpecification } from "../specification.ts";

/** Who traded: buyers against sellers. */
export const orderflow: readonly IndicatorSpecification[] = [];
