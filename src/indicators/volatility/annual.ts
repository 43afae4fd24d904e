import { realNumber } from "../parameters.ts";

/** Whether a volatility is that of a bar or of a year. */
export interface AnnualOptions {
  /**
   * Bars in a year, whose root turns the volatility of a bar into that of a year: 365 for daily bars of a market that never
   * closes, 8760 for hourly ones, 252 for daily bars of a stock. At 1 it stays that of a bar. @default 1
   */
  readonly barsPerYear?: number;
}

/** What `barsPerYear` may be: a second's bars at most. */
export const BARS_PER_YEAR_LIMITS = { min: 1, max: 31_622_400 } as const;

/** What the volatility of a bar is multiplied by. */
export function annualFactor(owner: string, { barsPerYear = 1 }: AnnualOptions): number {
  return Math.sqrt(realNumber(owner, "barsPerYear", barsPerYear, BARS_PER_YEAR_LIMITS));
}
