import { annualGrowth } from "../returns.ts";
import { annualVolatility, omegaRatio, probabilisticSharpeRatio, serenityIndex, sharpeRatio, sortinoRatio } from "../ratios.ts";
import type { RunFacts } from "../run-facts.ts";
import { defineStatistics } from "../statistic.ts";

/** Annual growth is not computed from less than this; a good week is not a 2,000 % year. */
const CAGR_DAYS_MIN = 30;
const ROOT = "√(periods per year)";
const NEEDS_RETURNS = "needs at least two days with equity above zero, and returns that differ";
const NEEDS_YEARS = `needs at least ${CAGR_DAYS_MIN} days and an account that is not below zero`;

const define = defineStatistics<RunFacts>();

/** When the run took place and how much of it was in the market. */
export const PERIOD = define({
  start: {
    label: "Start",
    unit: "time",
    section: "period",
    description: "Open time of the first bar that was traded on.",
    formula: "open time of the first bar",
    source: "backtesting.py, freqtrade",
    needs: "needs a bar",
    compute: ({ record }) => record.equity.firstTime,
  },
  end: {
    label: "End",
    unit: "time",
    section: "period",
    description: "Close time of the last bar.",
    formula: "close time of the last bar",
    source: "freqtrade; backtesting.py shows the open time",
    needs: "needs a bar",
    compute: (facts) => (facts.record.equity.bars === 0 ? NaN : facts.endTime),
  },
  duration: {
    label: "Duration",
    unit: "duration",
    section: "period",
    description: "Length of the tested period.",
    formula: "end - start",
    source: "backtesting.py",
    needs: "needs a bar",
    compute: ({ durationMs }) => durationMs,
  },
  bars: {
    label: "Bars",
    unit: "count",
    section: "period",
    description: "Bars of the main timeframe the run stepped through.",
    formula: "number of bars",
    source: "MetaExpert",
    needs: "needs a bar",
    compute: ({ record }) => record.equity.bars,
  },
  exposureTimePct: {
    label: "Exposure time",
    unit: "percent",
    section: "period",
    description: "Share of bars at whose close a position was open. Idle capital earns nothing, but it cannot fall either.",
    formula: "bars with a position at their close / bars × 100",
    source: "backtesting.py, which also counts the bar of the exit",
    needs: "needs a bar",
    compute: ({ record }) => (record.equity.exposedBars / record.equity.bars) * 100,
  },
});

/** What the account became. */
export const PERFORMANCE = define({
  startEquity: {
    label: "Start equity",
    unit: "currency",
    section: "performance",
    description: "Value of the account before the first bar.",
    formula: "initial capital",
    source: "LEAN, freqtrade",
    needs: "needs an initial capital",
    compute: ({ record }) => record.equity.startEquity,
  },
  endEquity: {
    label: "End equity",
    unit: "currency",
    section: "performance",
    description: "Value of the account at the last bar's close, open positions at that price included.",
    formula: "cash + unrealised profit at the last close",
    source: "LEAN, backtesting.py (Equity Final)",
    needs: "needs a bar",
    compute: ({ record }) => record.equity.endEquity,
  },
  netProfit: {
    label: "Net profit",
    unit: "currency",
    section: "performance",
    description: "What the account gained after all costs, open positions included.",
    formula: "end equity - start equity",
    source: "LEAN, freqtrade (Absolute profit)",
    needs: "needs a bar",
    compute: ({ record }) => record.equity.endEquity - record.equity.startEquity,
  },
  returnPct: {
    label: "Return",
    unit: "percent",
    section: "performance",
    description: "Net profit as a share of the start equity.",
    formula: "(end equity / start equity - 1) × 100",
    source: "backtesting.py, LEAN (Net Profit)",
    needs: "needs a bar",
    compute: ({ record }) => (record.equity.endEquity / record.equity.startEquity - 1) * 100,
  },
  buyAndHoldReturnPct: {
    label: "Buy and hold",
    unit: "percent",
    section: "performance",
    description: "Return of holding the first symbol from the first to the last close, without costs. The run has to beat this.",
    formula: "(last close / first close - 1) × 100",
    source: "backtesting.py, freqtrade (Market change)",
    needs: "needs a bar with a price",
    compute: ({ record }) => (record.equity.lastPrice / record.equity.firstPrice - 1) * 100,
  },
  cagrPct: {
    label: "CAGR",
    unit: "percent",
    section: "performance",
    description: "Compound annual growth rate: the steady yearly return that leads from the start equity to the end equity.",
    formula: "((end / start)^(365.25 days / duration) - 1) × 100",
    source: "backtesting.py and ffn (365.25 days); LEAN and freqtrade count 365",
    needs: NEEDS_YEARS,
    compute: (facts) => cagrOf(facts) * 100,
  },
  volatilityPct: {
    label: "Volatility (annual)",
    unit: "percent",
    section: "performance",
    description: "How widely a year's returns spread: the sample deviation of daily returns, scaled to a year.",
    formula: `standard deviation of daily returns × ${ROOT} × 100`,
    source: "LEAN (Annual Standard Deviation), QuantStats, ffn",
    needs: "needs at least two days with equity above zero",
    compute: ({ returns, periodsPerYear }) => annualVolatility(returns, periodsPerYear) * 100,
  },
  sharpeRatio: {
    label: "Sharpe ratio",
    unit: "ratio",
    section: "performance",
    description:
      "Mean daily return above the riskless one for each unit of its deviation, scaled to a year. Above 1 is good, above 2 rare.",
    formula: `(mean daily return - riskless) / standard deviation × ${ROOT}`,
    source:
      "Sharpe 1994; the form QuantStats, ffn and Jesse use. LEAN compounds the mean, backtesting.py both terms, freqtrade uses trades",
    needs: NEEDS_RETURNS,
    compute: ({ returns, periodsPerYear, riskFreeRate }) => sharpeRatio(returns, { periodsPerYear, riskFreeRate }),
  },
  sortinoRatio: {
    label: "Sortino ratio",
    unit: "ratio",
    section: "performance",
    description: "As the Sharpe ratio, but only falls count as risk.",
    formula: `(mean daily return - riskless) / √mean(min(0, return - riskless)²) × ${ROOT}`,
    source: "Sortino and Price 1994; the form QuantStats, ffn and Jesse use",
    needs: "needs at least two days with equity above zero, one of them a loss",
    compute: ({ returns, periodsPerYear, riskFreeRate }) => sortinoRatio(returns, { periodsPerYear, riskFreeRate }),
  },
  calmarRatio: {
    label: "Calmar ratio",
    unit: "ratio",
    section: "performance",
    description: "Yearly growth for each unit of the deepest drawdown.",
    formula: "CAGR / max drawdown",
    source: "Young 1991; ffn, QuantStats, Jesse. freqtrade's own is another figure",
    needs: "needs at least 30 days and a drawdown",
    compute: (facts) => cagrOf(facts) / (facts.record.equity.maxDrawdown?.ratio ?? NaN),
  },
  omegaRatio: {
    label: "Omega ratio",
    unit: "ratio",
    section: "performance",
    description: "Sum of the winning days' returns for each unit of the losing days'. 1 is break-even.",
    formula: "Σ max(0, daily return) / Σ max(0, -daily return)",
    source: "Keating and Shadwick 2002; Jesse, QuantStats",
    needs: "needs a losing day",
    compute: ({ returns }) => omegaRatio(returns),
  },
  serenityIndex: {
    label: "Serenity index",
    unit: "ratio",
    section: "performance",
    description: "Return for each unit of depth and length of drawdowns, the worst of them weighing most.",
    formula: "Σ daily returns / (ulcer index × (mean of the worst 5 % drawdowns / standard deviation))",
    source: "Jesse, QuantStats",
    needs: "needs at least two days with equity above zero and a drawdown",
    compute: ({ returns }) => serenityIndex(returns),
  },
  probabilisticSharpePct: {
    label: "Probabilistic Sharpe",
    unit: "percent",
    section: "performance",
    description: "Probability that the true Sharpe ratio is above zero, given how short, skewed and fat-tailed the sample is.",
    formula: "Φ(SR √(n - 1) / √(1 - skew SR + (kurtosis - 1) SR² / 4)), SR per day",
    source: "Bailey and López de Prado 2012. LEAN asks for a Sharpe above 1 and takes the excess kurtosis",
    needs: "needs at least four days with equity above zero, and returns that differ",
    compute: ({ returns }) => probabilisticSharpeRatio(returns) * 100,
  },
});

function cagrOf({ record: { equity }, years, days }: RunFacts): number {
  if (days < CAGR_DAYS_MIN) return NaN;
  return annualGrowth({ start: equity.startEquity, end: equity.endEquity, years });
}
