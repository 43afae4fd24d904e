import { barCloseTime, DAY_MS } from "../domain/timeframe.ts";
import { normalCdf } from "./distributions.ts";
import { listDrawdowns } from "./drawdowns.ts";
import { covariance, excessKurtosis, largest, mean, skewness, standardDeviation, variance } from "./moments.ts";
import type { Numbers } from "./moments.ts";
import { annualGrowth, returnsOf, samplingOf } from "./returns.ts";
import type { RunRecord } from "./run-record.ts";
import { inExitOrder } from "./trade-summary.ts";

/** What LEAN's portfolio statistics are made of. */
export interface LeanRun {
  readonly startEquity: number;
  readonly endEquity: number;
  /** Profits of closed trades in the order of their exits. */
  readonly profits: readonly number[];
  /** Daily returns of the account and of the benchmark, the first day left out. */
  readonly returns: Numbers;
  readonly benchmark: Numbers;
  /** 365 for crypto, 252 for shares. */
  readonly tradingDaysPerYear: number;
  /** Riskless return of a year as a share. @default 0 */
  readonly riskFreeRate?: number;
}

/** LEAN's figures, shares and ratios as its own code has them; NaN where it would write 0 for "unknown". */
export interface LeanPortfolio {
  readonly averageWin: number;
  readonly averageLoss: number;
  readonly profitLossRatio: number;
  readonly winRate: number;
  readonly lossRate: number;
  readonly expectancy: number;
  readonly annualVariance: number;
  readonly annualStandardDeviation: number;
  readonly sharpeRatio: number;
  readonly sortinoRatio: number;
  readonly probabilisticSharpeRatio: number;
  readonly alpha: number;
  readonly beta: number;
  readonly trackingError: number;
  readonly informationRatio: number;
  readonly treynorRatio: number;
}

/** Computes LEAN's portfolio statistics by its formulas: yearly performance compounds the mean daily return. */
export function leanPortfolio(run: LeanRun): LeanPortfolio {
  const { returns, benchmark, tradingDaysPerYear: days, riskFreeRate = 0 } = run;
  const performance = (1 + mean(returns)) ** days - 1;
  const benchmarkPerformance = (1 + mean(benchmark)) ** days - 1;
  const annualVariance = variance(returns) * days;
  const downside = standardDeviation(Array.from(returns).filter((value) => value < 0)) * Math.sqrt(days);
  const beta = covariance(returns, benchmark) / (variance(benchmark) || NaN);
  const trackingError = standardDeviation(Array.from(returns, (value, index) => value - (benchmark[index] as number))) * Math.sqrt(days);
  return {
    ...tradeFigures(run),
    annualVariance,
    annualStandardDeviation: Math.sqrt(annualVariance),
    sharpeRatio: (performance - riskFreeRate) / (Math.sqrt(annualVariance) || NaN),
    sortinoRatio: (performance - riskFreeRate) / (downside || NaN),
    probabilisticSharpeRatio: leanProbabilisticSharpe(returns, days, riskFreeRate),
    alpha: performance - (riskFreeRate + beta * (benchmarkPerformance - riskFreeRate)),
    beta,
    trackingError,
    informationRatio: (performance - benchmarkPerformance) / (trackingError || NaN),
    treynorRatio: (performance - riskFreeRate) / (beta || NaN),
  };
}

/** A recorded run with LEAN's figures of it. */
export interface LeanFacts extends LeanPortfolio {
  readonly record: RunRecord;
  readonly compoundingAnnualReturn: number;
  /** Deepest fall from a high at the days' ends. */
  readonly drawdown: number;
  /** Longest way from a high back to it, whole days; NaN when none was finished. */
  readonly drawdownRecoveryDays: number;
}

/** LEAN's figures of a recorded run; its samples are the days' ends and the start. */
export function leanFacts(record: RunRecord, riskFreeRate = 0): LeanFacts {
  const { equity } = record;
  const { daily, startEquity, endEquity, firstTime } = equity;
  const days = equity.bars === 0 ? NaN : (barCloseTime(record.timeframe, equity.lastTime) - firstTime) / DAY_MS;
  const times = [firstTime, ...Array.from(daily.time, (time) => time + DAY_MS)];
  const drawdowns = listDrawdowns(times, [startEquity, ...daily.equity]);
  const recoveries = drawdowns.map(({ recoveryTime, peakTime }) => Math.floor((recoveryTime - peakTime) / DAY_MS));
  return {
    record,
    ...leanPortfolio({
      startEquity,
      endEquity,
      profits: inExitOrder(record.trades).map((trade) => trade.netPnl),
      returns: returnsOf(daily.equity),
      benchmark: returnsOf(daily.price),
      tradingDaysPerYear: samplingOf(daily.time).periodsPerYear,
      riskFreeRate,
    }),
    compoundingAnnualReturn: annualGrowth({ start: startEquity, end: endEquity, years: days / 365 }),
    drawdown: drawdowns.length === 0 ? 0 : largest(drawdowns.map((drawdown) => drawdown.ratio)),
    drawdownRecoveryDays: largest(recoveries.filter((recovery) => !Number.isNaN(recovery))),
  };
}

/** Wins and losses as shares of the capital at the time, which grows by each trade's profit. */
function tradeFigures({ startEquity, profits }: LeanRun) {
  const wins: number[] = [];
  const losses: number[] = [];
  let capital = startEquity;
  for (const profit of profits) {
    (profit > 0 ? wins : losses).push(profit / capital);
    capital += profit;
  }
  const averageWin = mean(wins);
  const averageLoss = mean(losses);
  const profitLossRatio = averageWin / Math.abs(averageLoss || NaN);
  const winRate = wins.length / profits.length;
  const lossRate = losses.length / profits.length;
  return {
    averageWin,
    averageLoss,
    profitLossRatio,
    winRate,
    lossRate,
    expectancy: winRate * (Number.isNaN(profitLossRatio) ? 0 : profitLossRatio) - lossRate,
  };
}

/** Against a Sharpe ratio of 1 a year, with the excess kurtosis where the paper has the full one. */
function leanProbabilisticSharpe(returns: Numbers, days: number, riskFreeRate: number): number {
  const deviation = standardDeviation(returns);
  const observed = deviation > 0 ? (mean(returns) - riskFreeRate / days) / deviation : 0;
  const shape = 1 - skewness(returns) * observed + ((excessKurtosis(returns) - 1) / 4) * observed ** 2;
  const spread = Math.sqrt(shape / (returns.length - 1));
  return normalCdf((observed - 1 / Math.sqrt(days)) / (spread || NaN));
}
