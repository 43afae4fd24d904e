import { DAY_MS } from "../../domain/timeframe.ts";
import { backtestingPyFacts } from "../backtesting-py.ts";
import type { BacktestingPyFacts, BacktestingPyRun } from "../backtesting-py.ts";
import { geometricMeanReturn, largest, mean, smallest, sum, variance } from "../moments.ts";
import { downsideDeviation, systemQualityNumber } from "../ratios.ts";
import { defineStatistics, evaluate } from "../statistic.ts";
import type { Section, Statistic, StatisticDefinition, Unit } from "../statistic.ts";

type Definition = StatisticDefinition<BacktestingPyFacts>;

const NEEDS_TRADE = "needs a closed trade";
const NEEDS_DRAWDOWN = "equity was never below an earlier high";
const NEEDS_RETURNS = "needs at least two days with equity";

/** The statistics of backtesting.py under its own names and by its own formulas, durations rounded up as it does. */
export const BACKTESTING_PY = defineStatistics<BacktestingPyFacts>()({
  Start: define("period", "time", "needs a bar", {
    description: "Open time of the first bar.",
    formula: "index[0]",
    compute: ({ start }) => start,
  }),
  End: define("period", "time", "needs a bar", {
    description: "Open time of the last bar.",
    formula: "index[-1]",
    compute: ({ end }) => end,
  }),
  Duration: define("period", "duration", "needs a bar", {
    description: "From the first to the last bar's open time.",
    formula: "End - Start",
    compute: ({ start, end }) => end - start,
  }),
  "Exposure Time [%]": define("period", "percent", "needs a bar", {
    description: "Share of bars from each trade's entry to its exit, both included.",
    formula: "bars with a trade / bars × 100",
    compute: ({ exposureRatio }) => exposureRatio * 100,
  }),
  "Equity Final [$]": define("performance", "currency", "needs a bar", {
    description: "Equity at the last close.",
    formula: "equity[-1]",
    compute: ({ endEquity }) => endEquity,
  }),
  "Equity Peak [$]": define("performance", "currency", "needs a bar", {
    description: "Highest equity at a close.",
    formula: "max equity",
    compute: ({ peakEquity }) => peakEquity,
  }),
  "Commissions [$]": define("costs", "currency", "no commission was paid", {
    description: "Commissions of all closed trades.",
    formula: "Σ commissions",
    compute: ({ commissions }) => (commissions === 0 ? NaN : commissions),
  }),
  "Return [%]": define("performance", "percent", "needs a bar", {
    description: "Gain from the first to the last bar's equity.",
    formula: "(equity[-1] - equity[0]) / equity[0] × 100",
    compute: returnPct,
  }),
  "Buy & Hold Return [%]": define("performance", "percent", "needs a bar", {
    description: "Change of the close since all indicators had a value.",
    formula: "(close[-1] - close[first]) / close[first] × 100",
    compute: ({ buyAndHoldRatio }) => buyAndHoldRatio * 100,
  }),
  "Return (Ann.) [%]": define("performance", "percent", NEEDS_RETURNS, {
    description: "Geometric mean of daily returns, compounded over a year's trading days.",
    formula: "((1 + geometric mean)^days per year - 1) × 100",
    compute: (facts) => annualReturn(facts) * 100,
  }),
  "Volatility (Ann.) [%]": define("performance", "percent", NEEDS_RETURNS, {
    description: "Deviation of a year's compounded returns.",
    formula: "√((variance + (1 + g)²)^days - (1 + g)^(2 days)) × 100, g the geometric mean of daily returns",
    compute: (facts) => annualVolatility(facts) * 100,
  }),
  "CAGR [%]": define("performance", "percent", "needs two bars at different times", {
    description: "Compound annual growth rate over years of 365.25 days.",
    formula: "((equity[-1] / equity[0])^(1 / years) - 1) × 100",
    compute: ({ startEquity, endEquity, start, end }) =>
      end === start ? NaN : ((endEquity / startEquity) ** (365.25 / wholeSecondDays(end - start)) - 1) * 100,
  }),
  "Sharpe Ratio": define("performance", "ratio", "needs at least two days with equity, and returns that differ", {
    description: "Annual return above the riskless one over annual volatility, both compounded.",
    formula: "(Return (Ann.) - riskless) / Volatility (Ann.)",
    compute: (facts) => (annualReturn(facts) - facts.riskFreeRate) / (annualVolatility(facts) || NaN),
  }),
  "Sortino Ratio": define("performance", "ratio", "needs a losing day", {
    description: "Annual return above the riskless one over the annual downside deviation.",
    formula: "(Return (Ann.) - riskless) / (√mean(min(0, daily return)²) × √days per year)",
    compute: (facts) => (annualReturn(facts) - facts.riskFreeRate) / (downsideDeviation(facts.returns) * Math.sqrt(facts.periodsPerYear)),
  }),
  "Calmar Ratio": define("performance", "ratio", NEEDS_DRAWDOWN, {
    description: "Annual return over the deepest drawdown.",
    formula: "Return (Ann.) / -Max. Drawdown",
    compute: (facts) => annualReturn(facts) / (facts.maxDrawdown || NaN),
  }),
  "Alpha [%]": define("benchmark", "percent", "needs bars whose close changed", {
    description: "Total return that beta times the buy and hold return does not explain.",
    formula: "Return - riskless - Beta × (Buy & Hold Return - riskless)",
    compute: (facts) => {
      const riskFreePct = facts.riskFreeRate * 100;
      return returnPct(facts) - riskFreePct - facts.beta * (facts.buyAndHoldRatio * 100 - riskFreePct);
    },
  }),
  Beta: define("benchmark", "ratio", "needs bars whose close changed", {
    description: "Sensitivity of the equity to the close, from logarithmic returns of bars.",
    formula: "covariance(ln equity returns, ln close returns) / variance(ln close returns)",
    compute: ({ beta }) => beta,
  }),
  "Max. Drawdown [%]": define("risk", "percent", "needs a bar", {
    description: "Deepest fall from a high, below zero.",
    formula: "-max(1 - equity / highest equity so far) × 100",
    compute: ({ maxDrawdown }) => -maxDrawdown * 100 + 0,
  }),
  "Avg. Drawdown [%]": define("risk", "percent", NEEDS_DRAWDOWN, {
    description: "Mean depth of the falls from a high, below zero.",
    formula: "-mean of each drawdown's deepest point × 100",
    compute: ({ averageDrawdown }) => -averageDrawdown * 100,
  }),
  "Max. Drawdown Duration": define("risk", "duration", NEEDS_DRAWDOWN, {
    description: "Longest time between two bars at the high, or to the last bar.",
    formula: "max duration",
    compute: ({ maxDrawdownMs, resolutionMs }) => roundUp(maxDrawdownMs, resolutionMs),
  }),
  "Avg. Drawdown Duration": define("risk", "duration", NEEDS_DRAWDOWN, {
    description: "Mean time between two bars at the high with a fall in between.",
    formula: "mean duration, rounded up to the bars' unit",
    compute: ({ averageDrawdownMs, resolutionMs }) => roundUp(averageDrawdownMs, resolutionMs),
  }),
  "# Trades": define("trades", "count", "needs a run", {
    description: "Closed trades.",
    formula: "number of trades",
    compute: ({ trades }) => trades.length,
  }),
  "Win Rate [%]": define("trades", "percent", NEEDS_TRADE, {
    description: "Share of trades with a profit.",
    formula: "mean(PnL > 0) × 100",
    compute: (facts) => winRate(facts) * 100,
  }),
  "Best Trade [%]": define("trades", "percent", NEEDS_TRADE, {
    description: "Largest return of a trade.",
    formula: "max ReturnPct × 100",
    compute: ({ trades }) => largest(trades.map((trade) => trade.returnRatio)) * 100,
  }),
  "Worst Trade [%]": define("trades", "percent", NEEDS_TRADE, {
    description: "Smallest return of a trade.",
    formula: "min ReturnPct × 100",
    compute: ({ trades }) => smallest(trades.map((trade) => trade.returnRatio)) * 100,
  }),
  "Avg. Trade [%]": define("trades", "percent", NEEDS_TRADE, {
    description: "Geometric mean of the trades' returns.",
    formula: "(exp(mean(ln(1 + ReturnPct))) - 1) × 100",
    compute: ({ trades }) => geometricMeanReturn(trades.map((trade) => trade.returnRatio)) * 100,
  }),
  "Max. Trade Duration": define("trades", "duration", NEEDS_TRADE, {
    description: "Longest time from entry to exit.",
    formula: "max duration",
    compute: ({ trades, resolutionMs }) => roundUp(largest(trades.map(durationOf)), resolutionMs),
  }),
  "Avg. Trade Duration": define("trades", "duration", NEEDS_TRADE, {
    description: "Mean time from entry to exit.",
    formula: "mean duration, rounded up to the bars' unit",
    compute: ({ trades, resolutionMs }) => roundUp(mean(trades.map(durationOf)), resolutionMs),
  }),
  "Profit Factor": define("trades", "ratio", "needs a losing trade", {
    description: "Returns won for each unit of returns lost; money does not enter.",
    formula: "Σ ReturnPct > 0 / |Σ ReturnPct < 0|",
    compute: ({ trades }) => {
      const returns = trades.map((trade) => trade.returnRatio);
      return sum(returns.filter((value) => value > 0)) / Math.abs(sum(returns.filter((value) => value < 0)) || NaN);
    },
  }),
  "Expectancy [%]": define("trades", "percent", NEEDS_TRADE, {
    description: "Arithmetic mean of the trades' returns.",
    formula: "mean ReturnPct × 100",
    compute: ({ trades }) => mean(trades.map((trade) => trade.returnRatio)) * 100,
  }),
  SQN: define("trades", "ratio", "needs at least two trades with different profits", {
    description: "System quality number.",
    formula: "√trades × mean PnL / standard deviation of PnL",
    compute: ({ trades }) => systemQualityNumber(trades.map((trade) => trade.pnl)),
  }),
  "Kelly Criterion": define("trades", "ratio", "needs a winning and a losing trade", {
    description: "Share of the capital per trade that grows it fastest.",
    formula: "win rate - (1 - win rate) / (mean win / mean loss)",
    compute: (facts) => {
      const profits = facts.trades.map((trade) => trade.pnl);
      const payoff = mean(profits.filter((value) => value > 0)) / -mean(profits.filter((value) => value < 0));
      return winRate(facts) - (1 - winRate(facts)) / payoff;
    },
  }),
});

/** Statistics by backtesting.py's names. */
export type BacktestingPyStatistics = Readonly<Record<keyof typeof BACKTESTING_PY, Statistic>>;

/** backtesting.py's statistics of any run that has equity and close of every bar. */
export function backtestingPyStatistics(run: BacktestingPyRun): BacktestingPyStatistics {
  return evaluate(BACKTESTING_PY, backtestingPyFacts(run));
}

function define(section: Section, unit: Unit, needs: string, rest: Pick<Definition, "description" | "formula" | "compute">): Definition {
  return { source: "backtesting.py", section, unit, needs, ...rest };
}

function returnPct({ startEquity, endEquity }: BacktestingPyFacts): number {
  return ((endEquity - startEquity) / startEquity) * 100;
}

function annualReturn({ returns, periodsPerYear }: BacktestingPyFacts): number {
  return (1 + geometricMeanReturn(returns)) ** periodsPerYear - 1;
}

function annualVolatility({ returns, periodsPerYear }: BacktestingPyFacts): number {
  const growth = 1 + geometricMeanReturn(returns);
  return Math.sqrt((variance(returns) + growth ** 2) ** periodsPerYear - growth ** (2 * periodsPerYear));
}

function winRate({ trades }: BacktestingPyFacts): number {
  return trades.filter((trade) => trade.pnl > 0).length / trades.length;
}

function durationOf(trade: { readonly entryTime: number; readonly exitTime: number }): number {
  return trade.exitTime - trade.entryTime;
}

function roundUp(duration: number, unit: number): number {
  return Math.ceil(duration / unit) * unit;
}

/** Days with their fraction, the fraction cut to whole seconds. */
function wholeSecondDays(duration: number): number {
  return Math.floor(duration / 1_000) / (DAY_MS / 1_000);
}
