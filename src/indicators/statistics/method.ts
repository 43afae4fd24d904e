/**
 * How sums over a window are kept.
 *
 * "exact" goes through the window anew at every step, around its mean: right to the last digits whatever the numbers' height and
 * whatever has passed before. "talib" keeps TA-Lib 0.4's running sums and gives its very numbers; they lose digits when numbers
 * are large against their spread, never regain those a spike has cost, and count spreads below 1e-8 as none. It costs the same
 * for every period.
 */
export const METHODS = ["exact", "talib"] as const;
export type Method = (typeof METHODS)[number];

/** Which sums an indicator uses. */
export interface MethodOptions {
  /** @default "exact" */
  readonly method?: Method;
}

/** What TA-Lib 0.4 takes for zero. */
export const TALIB_ZERO = 1e-8;

/** How many deviations a value may be. */
export const DEVIATION_LIMITS = { min: 0.01, max: 1_000 } as const;
