import { APPROVED, refuse, type RiskRule } from "../check.ts";

/** Entries only after a bar with enough volume. */
export const volume: RiskRule = {
  isActive: (_risk, { minVolume }) => minVolume > 0,
  check: (_order, { filters, lastVolume }) =>
    lastVolume >= filters.minVolume
      ? APPROVED
      : refuse("minVolume", `the last bar's volume of ${lastVolume} is below minVolume ${filters.minVolume}`),
};
