import { covariance, mean, standardDeviation, variance } from "./moments.ts";
import type { Numbers } from "./moments.ts";
import type { AnnualOptions } from "./ratios.ts";

/** How returns relate to those of holding the first symbol over the same periods. Shares of a year where a year is named. */
export interface BenchmarkComparison {
  /** Sensitivity to the benchmark: covariance over the benchmark's variance. */
  readonly beta: number;
  /** Jensen's alpha of a year: what the mean return exceeds the one that beta explains. */
  readonly alpha: number;
  /** Pearson correlation, -1 to 1. */
  readonly correlation: number;
  /** Standard deviation of the difference of returns, of a year. */
  readonly trackingError: number;
  /** Mean difference of returns over its deviation, of a year. */
  readonly informationRatio: number;
  /** Mean excess return of a year over beta. */
  readonly treynorRatio: number;
}

/** Compares returns with a benchmark's, both simple returns of the same periods. Needs two periods and a benchmark that moved. */
export function compareWithBenchmark(
  returns: Numbers,
  benchmark: Numbers,
  { periodsPerYear, riskFreeRate = 0 }: AnnualOptions,
): BenchmarkComparison {
  const spread = variance(benchmark);
  const beta = spread > 0 ? covariance(returns, benchmark) / spread : NaN;
  const excess = (mean(returns) - riskFreeRate / periodsPerYear) * periodsPerYear;
  const benchmarkExcess = (mean(benchmark) - riskFreeRate / periodsPerYear) * periodsPerYear;
  const difference = Array.from(returns, (value, index) => value - (benchmark[index] as number));
  const trackingError = standardDeviation(difference) * Math.sqrt(periodsPerYear);
  return {
    beta,
    alpha: excess - beta * benchmarkExcess,
    correlation: covariance(returns, benchmark) / (standardDeviation(returns) * standardDeviation(benchmark)),
    trackingError,
    informationRatio: trackingError > 0 ? (mean(difference) * periodsPerYear) / trackingError : NaN,
    treynorRatio: beta === 0 ? NaN : excess / beta,
  };
}
