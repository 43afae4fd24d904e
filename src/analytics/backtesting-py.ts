import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, timeframeMs } from "../domain/timeframe.ts";
import { listDrawdowns } from "./drawdowns.ts";
import { covariance, largest, mean, variance } from "./moments.ts";
import type { Numbers } from "./moments.ts";
import { lastOfPeriods, returnsOf, samplingOf, usualGap } from "./returns.ts";
import type { RunRecord } from "./run-record.ts";

/** A closed trade as backtesting.py lists it. */
export interface BacktestingPyTrade {
  /** Rows of the bars in which it was entered and left; without them exposure is taken from the run. */
  readonly entryBar?: number;
  readonly exitBar?: number;
  readonly entryTime: number;
  readonly exitTime: number;
  /** Profit after commissions. */
  readonly pnl: number;
  /** Profit after commissions as a share of the entry value. */
  readonly returnRatio: number;
}

/** A run bar by bar, as backtesting.py sees it. */
export interface BacktestingPyRun {
  /** Open time of every bar. */
  readonly time: Numbers;
  /** Equity at every bar's close. */
  readonly equity: Numbers;
  /** Close of every bar. */
  readonly close: Numbers;
  readonly trades: readonly BacktestingPyTrade[];
  readonly commissions: number;
  /** Row of the first bar on which all indicators have a value; buy and hold starts there. @default 0 */
  readonly firstTradingBar?: number;
  /** Riskless return of a year as a share. @default 0 */
  readonly riskFreeRate?: number;
}

/** What backtesting.py's statistics are made of. */
export interface BacktestingPyFacts {
  readonly start: number;
  readonly end: number;
  readonly exposureRatio: number;
  readonly startEquity: number;
  readonly endEquity: number;
  readonly peakEquity: number;
  readonly commissions: number;
  readonly buyAndHoldRatio: number;
  /** Returns of each day (or week, month, year, where bars are that long), without the first. */
  readonly returns: Float64Array;
  readonly periodsPerYear: number;
  readonly beta: number;
  readonly maxDrawdown: number;
  /** NaN without a drawdown. */
  readonly averageDrawdown: number;
  readonly maxDrawdownMs: number;
  readonly averageDrawdownMs: number;
  /** Durations are rounded up to this. */
  readonly resolutionMs: number;
  readonly trades: readonly BacktestingPyTrade[];
  readonly riskFreeRate: number;
}

/** The facts of a run that has every bar. */
export function backtestingPyFacts(run: BacktestingPyRun): BacktestingPyFacts {
  const { time, equity, close, trades, commissions, firstTradingBar = 0, riskFreeRate = 0 } = run;
  const bars = time.length;
  const { period, periodsPerYear } = samplingOf(time);
  const firstClose = close[firstTradingBar] as number;
  return {
    start: time[0] as number,
    end: time[bars - 1] as number,
    exposureRatio: exposure(trades, bars),
    startEquity: equity[0] as number,
    endEquity: equity[bars - 1] as number,
    peakEquity: largest(equity),
    commissions,
    buyAndHoldRatio: ((close[bars - 1] as number) - firstClose) / firstClose,
    returns: knownReturns(lastOfPeriods(time, equity, period)),
    periodsPerYear,
    beta: logarithmicBeta(equity, close),
    ...drawdownFacts(time, equity),
    resolutionMs: unitOf(usualGap(time)),
    trades,
    riskFreeRate,
  };
}

/**
 * The facts of a recorded run. With a curve that still has every bar nothing is lost but bar numbers; with a sampled one, beta
 * comes from the samples, and drawdowns and exposure from what was measured on every bar while the run went on.
 */
export function backtestingPyFactsOfRun(record: RunRecord, riskFreeRate = 0): BacktestingPyFacts {
  const { equity } = record;
  const { curve } = equity;
  const whole = backtestingPyFacts({
    time: curve.time.subarray(0, curve.length),
    equity: curve.equity.subarray(0, curve.length),
    close: curve.price.subarray(0, curve.length),
    trades: record.trades.map((trade) => ({
      entryTime: trade.entryTime,
      exitTime: trade.exitTime,
      pnl: trade.netPnl,
      returnRatio: trade.returnRatio,
    })),
    commissions: record.fees,
    riskFreeRate,
  });
  const measured = {
    ...whole,
    exposureRatio: equity.exposedBars / equity.bars,
    resolutionMs: unitOf(timeframeMs(record.timeframe)),
  };
  if (curve.length === equity.bars) return measured;
  return {
    ...measured,
    peakEquity: equity.peakEquity,
    returns: knownReturns(equity.daily.equity),
    periodsPerYear: samplingOf(equity.daily.time).periodsPerYear,
    maxDrawdown: equity.maxDrawdown?.ratio ?? 0,
    averageDrawdown: equity.averageDrawdownRatio,
    maxDrawdownMs: equity.drawdownCount === 0 ? NaN : equity.longestDrawdownMs,
    averageDrawdownMs: equity.averageDrawdownMs,
  };
}

/** Returns without those after a ruin, which are shares of nothing. */
function knownReturns(values: Numbers): Float64Array {
  return returnsOf(values).filter((value) => !Number.isNaN(value));
}

/** Share of bars between the entry and exit bar of any trade, both included. */
function exposure(trades: readonly BacktestingPyTrade[], bars: number): number {
  const covered = new Uint8Array(bars);
  for (const { entryBar, exitBar } of trades) {
    if (entryBar !== undefined && exitBar !== undefined) covered.fill(1, entryBar, exitBar + 1);
  }
  return mean(covered);
}

/** Sensitivity of equity to the closes, from logarithmic returns of every bar. */
function logarithmicBeta(equity: Numbers, close: Numbers): number {
  if (equity.length < 3) return NaN;
  const market = logarithmicReturns(close);
  return covariance(logarithmicReturns(equity), market) / variance(market);
}

function logarithmicReturns(values: Numbers): Float64Array {
  const returns = new Float64Array(Math.max(0, values.length - 1));
  for (let index = 0; index < returns.length; index += 1) {
    returns[index] = Math.log((values[index + 1] as number) / (values[index] as number));
  }
  return returns;
}

/**
 * Stretches from a bar at the high to the next one at the high, or to the last bar. A fall that begins with the last bar alone is
 * not counted: there is no bar between high and end.
 */
function drawdownFacts(time: Numbers, equity: Numbers) {
  const end = time[time.length - 1] as number;
  const beforeEnd = time[time.length - 2] as number;
  const drawdowns = listDrawdowns(time, equity);
  const counted = drawdowns.filter((drawdown) => !Number.isNaN(drawdown.recoveryTime) || drawdown.peakTime < beforeEnd);
  const durations = counted.map(({ recoveryTime, peakTime }) => (Number.isNaN(recoveryTime) ? end : recoveryTime) - peakTime);
  return {
    maxDrawdown: drawdowns.length === 0 ? 0 : largest(drawdowns.map((drawdown) => drawdown.ratio)),
    averageDrawdown: mean(counted.map((drawdown) => drawdown.ratio)),
    maxDrawdownMs: largest(durations),
    averageDrawdownMs: mean(durations),
  };
}

/** The largest of day, hour, minute, second and millisecond that the length of a bar is a multiple of. */
function unitOf(barMs: number): number {
  return [DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS].find((unit) => barMs % unit === 0) ?? 1;
}
