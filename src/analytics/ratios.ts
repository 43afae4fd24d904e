import { excessKurtosis, mean, skewness, standardDeviation, sum } from "./moments.ts";
import type { Numbers } from "./moments.ts";
import { normalCdf } from "./distributions.ts";
import { underwater } from "./drawdowns.ts";

/** How returns of one period become figures of a year. */
export interface AnnualOptions {
  /** Periods in a year: 365 for daily returns of a market that never closes, 252 for one that closes at weekends. */
  readonly periodsPerYear: number;
  /** Riskless return of a year as a share. @default 0 */
  readonly riskFreeRate?: number;
}

/** Sharpe ratio (Sharpe 1994): mean excess return over its sample standard deviation, times the root of the periods in a year. */
export function sharpeRatio(returns: Numbers, { periodsPerYear, riskFreeRate = 0 }: AnnualOptions): number {
  const deviation = standardDeviation(returns);
  if (!hasSpread(returns, deviation)) return NaN;
  return ((mean(returns) - riskFreeRate / periodsPerYear) / deviation) * Math.sqrt(periodsPerYear);
}

/** Sortino ratio: as Sharpe's, over the root mean square of the returns below the riskless one (the others count as zero). */
export function sortinoRatio(returns: Numbers, { periodsPerYear, riskFreeRate = 0 }: AnnualOptions): number {
  if (returns.length < 2) return NaN;
  const target = riskFreeRate / periodsPerYear;
  const deviation = downsideDeviation(returns, target);
  if (deviation === 0) return NaN;
  return ((mean(returns) - target) / deviation) * Math.sqrt(periodsPerYear);
}

/** Root mean square of what the returns miss of the target; returns above it count as zero. */
export function downsideDeviation(returns: Numbers, target = 0): number {
  return Math.sqrt(mean(Array.from(returns, (value) => Math.min(0, value - target) ** 2)));
}

/** Standard deviation of the returns times the root of the periods in a year, as a share. */
export function annualVolatility(returns: Numbers, periodsPerYear: number): number {
  return standardDeviation(returns) * Math.sqrt(periodsPerYear);
}

/** Omega ratio (Keating and Shadwick 2002): sum of the returns above the target over the sum of what is missing below it. */
export function omegaRatio(returns: Numbers, target = 0): number {
  const above = sum(Array.from(returns, (value) => Math.max(0, value - target)));
  const below = sum(Array.from(returns, (value) => Math.max(0, target - value)));
  return below === 0 ? NaN : above / below;
}

/** Root mean square of the drawdowns of a series of values, as a share (Martin 1989). */
export function ulcerIndex(values: Numbers): number {
  return Math.sqrt(mean(underwater(values).map((ratio) => ratio * ratio)));
}

/**
 * Serenity index (Portfolio Optimizer by way of QuantStats and Jesse): the sum of returns over the ulcer index of their
 * compounded path times its pitfall, the mean of the worst 5 % of drawdowns over the returns' deviation.
 */
export function serenityIndex(returns: Numbers): number {
  const deviation = standardDeviation(returns);
  if (!hasSpread(returns, deviation)) return NaN;
  const drawdowns = underwater(compound(returns));
  const ulcer = Math.sqrt(sum(drawdowns.map((ratio) => ratio * ratio)) / (returns.length - 1));
  const worst = Float64Array.from(drawdowns).toSorted().toReversed();
  const worstCount = Math.max(1, Math.floor(0.05 * worst.length + 1e-9));
  const pitfall = mean(worst.subarray(0, worstCount)) / deviation;
  return ulcer * pitfall === 0 ? NaN : sum(returns) / (ulcer * pitfall);
}

/**
 * Probabilistic Sharpe ratio (Bailey and López de Prado 2012): how likely the true Sharpe ratio is above `benchmark`, a ratio per
 * period, not a year. Takes skewness and fat tails into account.
 */
export function probabilisticSharpeRatio(returns: Numbers, benchmark = 0): number {
  const deviation = standardDeviation(returns);
  if (returns.length < 4 || !hasSpread(returns, deviation)) return NaN;
  const observed = mean(returns) / deviation;
  const kurtosis = excessKurtosis(returns) + 3;
  const spread = Math.sqrt((1 - skewness(returns) * observed + ((kurtosis - 1) / 4) * observed ** 2) / (returns.length - 1));
  return normalCdf((observed - benchmark) / spread);
}

/** Mean of the worst `share` of the returns, as a loss above zero (expected shortfall, conditional value at risk). */
export function expectedShortfall(returns: Numbers, share: number): number {
  if (returns.length < 2) return NaN;
  const sorted = Float64Array.from(returns).toSorted();
  return -mean(sorted.subarray(0, Math.max(1, Math.floor(share * sorted.length))));
}

/** System quality number (Tharp): root of the number of trades times the mean profit over its sample deviation. */
export function systemQualityNumber(profits: Numbers): number {
  const deviation = standardDeviation(profits);
  return hasSpread(profits, deviation) ? (Math.sqrt(profits.length) * mean(profits)) / deviation : NaN;
}

/** Values of 1 invested at the start and all returns left in; the start itself is not listed. */
export function compound(returns: Numbers): Float64Array {
  let value = 1;
  return Float64Array.from(returns, (period) => (value *= 1 + period));
}

/** Whether a deviation is more than rounding of equal values: equal doubles give 0 or a few ulps. */
function hasSpread(values: Numbers, deviation: number): boolean {
  return deviation > 1e-14 * Math.abs(mean(values)) && deviation > 0;
}
