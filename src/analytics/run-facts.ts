import { barCloseTime, DAY_MS } from "../domain/timeframe.ts";
import { compareWithBenchmark } from "./benchmark.ts";
import type { BenchmarkComparison } from "./benchmark.ts";
import { DAYS_PER_YEAR, returnsOf, samplingOf } from "./returns.ts";
import type { RunRecord } from "./run-record.ts";
import { countStreaks, inExitOrder, summarizeTrades } from "./trade-summary.ts";
import type { Streaks, TradeSummary } from "./trade-summary.ts";

/** Settings of the statistics. */
export interface StatisticsOptions {
  /** Riskless return of a year in percent, used by every ratio that has one. @default 0 */
  readonly riskFreeRatePct?: number;
}

/** A run with what most statistics need, worked out once. */
export interface RunFacts {
  readonly record: RunRecord;
  readonly riskFreeRate: number;
  /** Close of the last bar, milliseconds since the epoch. */
  readonly endTime: number;
  readonly durationMs: number;
  readonly days: number;
  readonly years: number;
  /** Returns of each period of `equity.daily`, the first measured from the start equity; none when the account was ruined. */
  readonly returns: Float64Array;
  /** Returns of the first symbol over the same periods, the first measured from the first bar's close. */
  readonly benchmarkReturns: Float64Array;
  readonly periodsPerYear: number;
  readonly benchmark: BenchmarkComparison;
  /** All trades by exit time. */
  readonly trades: RunRecord["trades"];
  readonly all: TradeSummary;
  readonly long: TradeSummary;
  readonly short: TradeSummary;
  readonly streaks: Streaks;
}

/** Works out the facts of a run. */
export function factsOf(record: RunRecord, options: StatisticsOptions = {}): RunFacts {
  const { equity } = record;
  const riskFreeRate = (options.riskFreeRatePct ?? 0) / 100;
  const endTime = equity.bars === 0 ? record.to : barCloseTime(record.timeframe, equity.lastTime);
  const durationMs = equity.bars === 0 ? NaN : endTime - equity.firstTime;
  const returns = allOrNone(returnsOf(equity.daily.equity, equity.startEquity));
  const benchmarkReturns = returnsOf(equity.daily.price, equity.firstPrice);
  const { periodsPerYear } = samplingOf(equity.daily.time);
  const trades = inExitOrder(record.trades);
  return {
    record,
    riskFreeRate,
    endTime,
    durationMs,
    days: durationMs / DAY_MS,
    years: durationMs / DAY_MS / DAYS_PER_YEAR,
    returns,
    benchmarkReturns,
    periodsPerYear,
    benchmark: compareWithBenchmark(returns, benchmarkReturns, { periodsPerYear, riskFreeRate }),
    trades,
    all: summarizeTrades(trades),
    long: summarizeTrades(trades.filter((trade) => trade.direction === "long")),
    short: summarizeTrades(trades.filter((trade) => trade.direction === "short")),
    streaks: countStreaks(trades),
  };
}

/** Figures of returns mean nothing once the account has been at or below zero. */
function allOrNone(returns: Float64Array): Float64Array {
  return returns.some((value) => Number.isNaN(value)) ? new Float64Array(0) : returns;
}
