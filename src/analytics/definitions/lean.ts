import { capacityOfRun } from "../capacity.ts";
import type { LeanFacts } from "../lean.ts";
import { DAY_MS } from "../../domain/timeframe.ts";
import { defineStatistics } from "../statistic.ts";
import type { Section, StatisticDefinition, Unit } from "../statistic.ts";
import { portfolioTurnover } from "../turnover.ts";

type Definition = StatisticDefinition<LeanFacts>;

const NEEDS_TRADE = "needs a closed trade";
const NEEDS_DAYS = "needs at least three days with equity, and returns that differ";
const NEEDS_BENCHMARK = "needs at least three days on which the first symbol's price moved differently";
const NEEDS_VOLUME = "needs a run of one spot or linear symbol with bars for its chart, and a closed trade";

/** The headline statistics of LEAN under its own names and by its own formulas; the benchmark is holding the first symbol. */
export const LEAN = defineStatistics<LeanFacts>()({
  "Total Orders": define("orders", "count", "needs a run", {
    description: "Orders sent to the exchange.",
    formula: "number of orders",
    compute: ({ record }) => record.orders.submitted,
  }),
  "Average Win": define("trades", "percent", "needs a winning trade", {
    description: "Mean profit of winning trades as a share of the capital before each.",
    formula: "mean of profit / (start equity + profits before) × 100, wins",
    compute: ({ averageWin }) => averageWin * 100,
  }),
  "Average Loss": define("trades", "percent", "needs a losing trade", {
    description: "Mean profit of losing trades as a share of the capital before each, below zero.",
    formula: "mean of profit / (start equity + profits before) × 100, losses and draws",
    compute: ({ averageLoss }) => averageLoss * 100,
  }),
  "Compounding Annual Return": define("performance", "percent", "needs a bar and an account that is not below zero", {
    description: "Compound annual growth rate over years of 365 days.",
    formula: "((end equity / start equity)^(365 days / duration) - 1) × 100",
    compute: ({ compoundingAnnualReturn }) => compoundingAnnualReturn * 100,
  }),
  Drawdown: define("risk", "percent", "needs a bar", {
    description: "Deepest fall from a high, at the days' ends.",
    formula: "max(1 - equity / highest equity so far) × 100",
    compute: ({ drawdown }) => drawdown * 100,
  }),
  Expectancy: define("trades", "ratio", NEEDS_TRADE, {
    description: "What a trade earns for each unit of the average loss.",
    formula: "win rate × profit-loss ratio - loss rate",
    compute: ({ expectancy }) => expectancy,
  }),
  "Start Equity": define("performance", "currency", "needs a run", {
    description: "Capital at the start.",
    formula: "initial capital",
    compute: ({ record }) => record.equity.startEquity,
  }),
  "End Equity": define("performance", "currency", "needs a bar", {
    description: "Equity at the end.",
    formula: "last equity",
    compute: ({ record }) => record.equity.endEquity,
  }),
  "Net Profit": define("performance", "percent", "needs a bar", {
    description: "Gain as a share of the start equity.",
    formula: "(end equity / start equity - 1) × 100",
    compute: ({ record }) => (record.equity.endEquity / record.equity.startEquity - 1) * 100,
  }),
  "Sharpe Ratio": define("performance", "ratio", NEEDS_DAYS, {
    description: "Yearly performance above the riskless one over the yearly deviation.",
    formula: "((1 + mean daily return)^days - 1 - riskless) / annual standard deviation",
    compute: ({ sharpeRatio }) => sharpeRatio,
  }),
  "Sortino Ratio": define("performance", "ratio", "needs at least two losing days with different returns", {
    description: "As the Sharpe ratio, over the deviation of the losing days among themselves.",
    formula: "((1 + mean daily return)^days - 1 - riskless) / (standard deviation of returns below 0 × √days)",
    compute: ({ sortinoRatio }) => sortinoRatio,
  }),
  "Probabilistic Sharpe Ratio": define("performance", "percent", "needs at least five days with equity, and returns that differ", {
    description: "Probability that the true Sharpe ratio of a year is above 1.",
    formula: "Φ((SR - 1/√days) √(n - 1) / √(1 - skew SR + (excess kurtosis - 1) SR² / 4)), SR per day",
    compute: ({ probabilisticSharpeRatio }) => probabilisticSharpeRatio * 100,
  }),
  "Loss Rate": define("trades", "percent", NEEDS_TRADE, {
    description: "Share of trades without a profit; draws are losses.",
    formula: "trades with profit <= 0 / trades × 100",
    compute: ({ lossRate }) => lossRate * 100,
  }),
  "Win Rate": define("trades", "percent", NEEDS_TRADE, {
    description: "Share of trades with a profit.",
    formula: "trades with profit > 0 / trades × 100",
    compute: ({ winRate }) => winRate * 100,
  }),
  "Profit-Loss Ratio": define("trades", "ratio", "needs a winning and a losing trade", {
    description: "Size of the average win for each unit of the average loss, both as shares of the capital.",
    formula: "Average Win / |Average Loss|",
    compute: ({ profitLossRatio }) => profitLossRatio,
  }),
  Alpha: define("benchmark", "ratio", NEEDS_BENCHMARK, {
    description: "Yearly performance that beta does not explain, as a share.",
    formula: "performance - (riskless + Beta × (benchmark performance - riskless))",
    compute: ({ alpha }) => alpha,
  }),
  Beta: define("benchmark", "ratio", NEEDS_BENCHMARK, {
    description: "Sensitivity of daily returns to the benchmark's.",
    formula: "covariance / variance of the benchmark",
    compute: ({ beta }) => beta,
  }),
  "Annual Standard Deviation": define("risk", "ratio", NEEDS_DAYS, {
    description: "Deviation of a year's returns, as a share.",
    formula: "√(Annual Variance)",
    compute: ({ annualStandardDeviation }) => annualStandardDeviation,
  }),
  "Annual Variance": define("risk", "ratio", NEEDS_DAYS, {
    description: "Variance of daily returns, scaled to a year.",
    formula: "variance of daily returns × days",
    compute: ({ annualVariance }) => annualVariance,
  }),
  "Information Ratio": define("benchmark", "ratio", NEEDS_BENCHMARK, {
    description: "Performance above the benchmark for each unit of tracking error.",
    formula: "(performance - benchmark performance) / Tracking Error",
    compute: ({ informationRatio }) => informationRatio,
  }),
  "Tracking Error": define("benchmark", "ratio", NEEDS_BENCHMARK, {
    description: "Deviation of the difference to the benchmark, of a year, as a share.",
    formula: "√(variance of (daily return - benchmark's) × days)",
    compute: ({ trackingError }) => trackingError,
  }),
  "Treynor Ratio": define("benchmark", "ratio", NEEDS_BENCHMARK, {
    description: "Performance above the riskless one for each unit of beta.",
    formula: "(performance - riskless) / Beta",
    compute: ({ treynorRatio }) => treynorRatio,
  }),
  "Total Fees": define("costs", "currency", "needs a run", {
    description: "Fees of all orders.",
    formula: "Σ fees",
    compute: ({ record }) => record.fees,
  }),
  "Estimated Strategy Capacity": define("risk", "currency", NEEDS_VOLUME, {
    description: "Capital up to which the strategy's orders would have stayed small beside the market's volume.",
    formula: "share of the value traded after each fill, weekly, blended 1 : 2 with the estimate before; on the bars of the chart",
    compute: ({ record }) => capacityOfRun(record),
  }),
  "Lowest Capacity Asset": define("risk", "text", NEEDS_VOLUME, {
    description: "The symbol that limits the capacity.",
    formula: "symbol with the least market volume",
    compute: ({ record }) => (Number.isNaN(capacityOfRun(record)) ? "" : (record.symbols[0] ?? "")),
  }),
  "Portfolio Turnover": define("costs", "percent", "needs a day with equity", {
    description: "Share of the account that is traded on a day, on average.",
    formula: "mean over days of (value traded / equity at the day's end) × 100",
    compute: ({ record }) => portfolioTurnover(record) * 100,
  }),
  "Drawdown Recovery": define("risk", "duration", "no drawdown was followed by a recovery", {
    description: "Longest time from a high until it was reached again, in whole days.",
    formula: "max(recovery - high)",
    compute: ({ drawdownRecoveryDays }) => drawdownRecoveryDays * DAY_MS,
  }),
});

function define(section: Section, unit: Unit, needs: string, rest: Pick<Definition, "description" | "formula" | "compute">): Definition {
  return { source: "LEAN", section, unit, needs, ...rest };
}
