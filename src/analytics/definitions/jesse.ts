import { listDrawdowns } from "../drawdowns.ts";
import { largest } from "../moments.ts";
import { annualGrowth } from "../returns.ts";
import { omegaRatio, serenityIndex, sharpeRatio, sortinoRatio } from "../ratios.ts";
import type { RunFacts } from "../run-facts.ts";
import { defineStatistics } from "../statistic.ts";
import type { Section, StatisticDefinition, Unit } from "../statistic.ts";
import { DAY_MS } from "../../domain/timeframe.ts";

type Definition = StatisticDefinition<RunFacts>;

const DAYS_PER_YEAR = 365;
const NEEDS_TRADE = "needs a closed trade";
const NEEDS_WIN = "needs a winning trade";
const NEEDS_LOSS = "needs a losing trade";
const NEEDS_DAYS = "needs at least three days with equity, and returns that differ";
const NEEDS_FALL = "equity was never below an earlier high at a day's end";

/** The metrics of Jesse under its own names and by its own formulas. Balances are the start equity and the equity at the days' ends. */
export const JESSE = defineStatistics<RunFacts>()({
  total: define("trades", "count", "needs a run", "Closed trades.", "number of trades", ({ all }) => all.count),
  total_winning_trades: define("trades", "count", NEEDS_TRADE, "Winning trades.", "PNL > 0", ({ all }) => all.winCount),
  total_losing_trades: define("trades", "count", NEEDS_TRADE, "Losing trades.", "PNL < 0", ({ all }) => all.lossCount),
  starting_balance: define("performance", "currency", "needs a run", "Capital at the start.", "balance", startEquity),
  finishing_balance: define("performance", "currency", "needs a bar", "Capital at the end.", "balance", endEquity),
  win_rate: define("trades", "ratio", NEEDS_TRADE, "Share of wins; draws are left out.", "wins / (wins + losses)", ({ all }) =>
    winRateOf(all),
  ),
  win_rate_longs: define("trades", "ratio", "needs a long trade", "Share of wins of long trades.", "wins / (wins + losses)", ({ long }) =>
    winRateOf(long),
  ),
  win_rate_shorts: define(
    "trades",
    "ratio",
    "needs a short trade",
    "Share of wins of short trades.",
    "wins / (wins + losses)",
    ({ short }) => winRateOf(short),
  ),
  ratio_avg_win_loss: define(
    "trades",
    "ratio",
    "needs a winning and a losing trade",
    "Size of the average win for each unit of the average loss.",
    "average_win / average_loss",
    ({ all }) => all.payoffRatio,
  ),
  longs_count: define("trades", "count", NEEDS_TRADE, "Long trades.", "number of longs", ({ all }) => all.longCount),
  longs_percentage: define(
    "trades",
    "percent",
    NEEDS_TRADE,
    "Share of long trades.",
    "longs / trades × 100",
    ({ all }) => (all.longCount / all.count) * 100,
  ),
  shorts_count: define("trades", "count", NEEDS_TRADE, "Short trades.", "number of shorts", ({ all }) => all.shortCount),
  shorts_percentage: define(
    "trades",
    "percent",
    NEEDS_TRADE,
    "Share of short trades.",
    "shorts / trades × 100",
    ({ all }) => (all.shortCount / all.count) * 100,
  ),
  fee: define("costs", "currency", NEEDS_TRADE, "Fees of closed trades.", "Σ fee", ({ all }) => (all.count === 0 ? NaN : all.fees)),
  net_profit: define("performance", "currency", NEEDS_TRADE, "Profit of closed trades.", "Σ PNL", ({ all }) =>
    all.count === 0 ? NaN : all.netPnl,
  ),
  net_profit_percentage: define(
    "performance",
    "percent",
    NEEDS_TRADE,
    "Profit of closed trades as a share of the start.",
    "Σ PNL / starting_balance × 100",
    (facts) => (facts.all.count === 0 ? NaN : (facts.all.netPnl / startEquity(facts)) * 100),
  ),
  average_win: define("trades", "currency", NEEDS_WIN, "Mean profit of wins.", "mean PNL > 0", ({ all }) => all.averageWin),
  average_loss: define(
    "trades",
    "currency",
    NEEDS_LOSS,
    "Mean loss of losses, above zero.",
    "|mean PNL < 0|",
    ({ all }) => all.averageLoss,
  ),
  expectancy: define(
    "trades",
    "currency",
    NEEDS_TRADE,
    "Average profit of a trade that was not a draw.",
    "average_win × win_rate - average_loss × (1 - win_rate)",
    expectancyOf,
  ),
  expectancy_percentage: define(
    "trades",
    "percent",
    NEEDS_TRADE,
    "Expectancy as a share of the start.",
    "expectancy / starting_balance × 100",
    (facts) => (expectancyOf(facts) / startEquity(facts)) * 100,
  ),
  expected_net_profit_every_100_trades: define(
    "trades",
    "percent",
    NEEDS_TRADE,
    "Expectancy of a hundred trades as a share of the start.",
    "expectancy_percentage × 100",
    (facts) => (expectancyOf(facts) / startEquity(facts)) * 10_000,
  ),
  average_holding_period: define(
    "trades",
    "duration",
    NEEDS_TRADE,
    "Mean time from entry to exit.",
    "mean",
    ({ all }) => all.averageDurationMs,
  ),
  average_winning_holding_period: define(
    "trades",
    "duration",
    NEEDS_WIN,
    "Mean time wins were held.",
    "mean",
    ({ all }) => all.averageWinDurationMs,
  ),
  average_losing_holding_period: define(
    "trades",
    "duration",
    NEEDS_LOSS,
    "Mean time losses were held.",
    "mean",
    ({ all }) => all.averageLossDurationMs,
  ),
  gross_profit: define("trades", "currency", NEEDS_TRADE, "Sum of wins.", "Σ PNL > 0", ({ all }) =>
    all.count === 0 ? NaN : all.grossProfit,
  ),
  gross_loss: define("trades", "currency", NEEDS_TRADE, "Sum of losses, below zero.", "Σ PNL < 0", ({ all }) =>
    all.count === 0 ? NaN : -all.grossLoss + 0,
  ),
  max_drawdown: define(
    "risk",
    "percent",
    "needs a day with equity",
    "Deepest fall from a high at the days' ends, below zero. The start does not count as a high.",
    "min(equity / high - 1) × 100",
    (facts) => {
      const { daily } = facts.record.equity;
      return daily.length === 0 ? NaN : -(largest([0, ...dailyDrawdowns(facts).map(({ ratio }) => ratio)]) * 100) + 0;
    },
  ),
  max_underwater_period: define(
    "risk",
    "duration",
    NEEDS_FALL,
    "Longest time below a high, at the days' ends.",
    "days from the last high to the last day below it",
    underwaterPeriod,
  ),
  annual_return: define(
    "performance",
    "percent",
    NEEDS_DAYS,
    "Compound growth of a year of 365 days.",
    "(Π(1 + daily return)^(365 / days) - 1) × 100",
    (facts) => annualReturn(facts) * 100,
  ),
  sharpe_ratio: define(
    "performance",
    "ratio",
    NEEDS_DAYS,
    "Sharpe ratio of daily returns.",
    "mean / sample deviation × √365",
    ({ returns }) => sharpeRatio(returns, { periodsPerYear: DAYS_PER_YEAR }),
  ),
  calmar_ratio: define(
    "performance",
    "ratio",
    NEEDS_FALL,
    "Annual return over the deepest fall.",
    "annual_return / |max_drawdown|",
    (facts) => annualReturn(facts) / largest(dailyDrawdowns(facts).map(({ ratio }) => ratio)),
  ),
  sortino_ratio: define(
    "performance",
    "ratio",
    "needs a losing day",
    "Sortino ratio of daily returns; the falls' mean square counts one day more than there are returns.",
    "mean / √(Σ min(0, r)² / (days + 1)) × √365",
    ({ returns }) => sortinoRatio(returns, { periodsPerYear: DAYS_PER_YEAR }) * Math.sqrt((returns.length + 1) / returns.length),
  ),
  omega_ratio: define("performance", "ratio", "needs a losing day", "Gains over losses of days.", "Σ gains / Σ losses", ({ returns }) =>
    omegaRatio(returns),
  ),
  serenity_index: define("performance", "ratio", NEEDS_FALL, "Serenity index of daily returns.", "Σ r / (ulcer index × pitfall)", (facts) =>
    serenityIndex(facts.returns),
  ),
  total_open_trades: define(
    "trades",
    "count",
    "needs a run",
    "Positions open at the end.",
    "number",
    ({ record }) => record.openPositions.length,
  ),
  open_pl: define("trades", "currency", "needs a run", "Profit of positions open at the end.", "Σ unrealised profit", ({ record }) =>
    record.openPositions.reduce((total, position) => total + position.unrealizedPnl, 0),
  ),
  winning_streak: define("trades", "count", NEEDS_TRADE, "Most wins in a row.", "longest row", ({ all, streaks }) =>
    all.count === 0 ? NaN : streaks.longestWins,
  ),
  losing_streak: define("trades", "count", NEEDS_TRADE, "Most losses in a row.", "longest row", ({ all, streaks }) =>
    all.count === 0 ? NaN : streaks.longestLosses,
  ),
  current_streak: define("trades", "count", NEEDS_TRADE, "The row at the end; below zero losses.", "last row", ({ all, streaks }) =>
    all.count === 0 ? NaN : streaks.current,
  ),
  largest_losing_trade: define("trades", "currency", NEEDS_LOSS, "Largest loss, below zero.", "min PNL", ({ all }) => -all.largestLoss),
  largest_winning_trade: define("trades", "currency", NEEDS_WIN, "Largest profit.", "max PNL", ({ all }) => all.largestWin),
  avg_trades_per_day: define("trades", "ratio", "needs a bar", "Trades for each day.", "trades / days", tradesPerDay),
  avg_trades_per_week: define("trades", "ratio", "needs a bar", "Trades for each week.", "per day × 7", (facts) => tradesPerDay(facts) * 7),
  avg_trades_per_month: define(
    "trades",
    "ratio",
    "needs a bar",
    "Trades for each month.",
    "per day × 30.44",
    (facts) => tradesPerDay(facts) * 30.44,
  ),
});

function define(
  section: Section,
  unit: Unit,
  needs: string,
  description: string,
  formula: string,
  compute: Definition["compute"],
): Definition {
  return { source: "Jesse", section, unit, needs, description, formula, compute };
}

function startEquity({ record }: RunFacts): number {
  return record.equity.startEquity;
}

function endEquity({ record }: RunFacts): number {
  return record.equity.endEquity;
}

function winRateOf({ winCount, lossCount }: { readonly winCount: number; readonly lossCount: number }): number {
  return winCount / (winCount + lossCount);
}

function expectancyOf({ all }: RunFacts): number {
  const winRate = winRateOf(all);
  return (all.winCount === 0 ? 0 : all.averageWin) * winRate - (all.lossCount === 0 ? 0 : all.averageLoss) * (1 - winRate);
}

function dailyDrawdowns({ record }: RunFacts) {
  return listDrawdowns(record.equity.daily.time, record.equity.daily.equity);
}

function annualReturn({ record: { equity } }: RunFacts): number {
  const end = equity.daily.equity[equity.daily.length - 1] ?? NaN;
  return annualGrowth({ start: equity.startEquity, end, years: equity.daily.length / DAYS_PER_YEAR });
}

function underwaterPeriod({ record: { equity } }: RunFacts): number {
  const balances = [equity.startEquity, ...equity.daily.equity];
  let high = 0;
  let longest = NaN;
  balances.forEach((balance, day) => {
    if (balance >= (balances[high] as number)) high = day;
    else if (!(day - high <= longest)) longest = day - high;
  });
  return longest * DAY_MS;
}

function tradesPerDay({ all, days }: RunFacts): number {
  return all.count / days;
}
