import { studentTwoSided } from "../distributions.ts";
import type { FreqtradeFacts } from "../freqtrade.ts";
import { largest, median, smallest } from "../moments.ts";
import { defineStatistics } from "../statistic.ts";
import type { Section, StatisticDefinition, Unit } from "../statistic.ts";
import { bestAndWorstSymbol } from "../breakdowns.ts";

type Definition = StatisticDefinition<FreqtradeFacts>;

const NEEDS_RUN = "needs a run";
const NEEDS_TRADE = "needs a closed trade";
const NEEDS_FALL = "the balance of closed trades never fell";
const NEEDS_SPREAD = "needs at least two trades with different profits";
const NOT_COUNTED = "is not counted: orders are replaced by cancelling and submitting";

/** The summary of freqtrade's backtest report under its own names and by its own formulas, from closed trades. */
export const FREQTRADE = defineStatistics<FreqtradeFacts>()({
  "Backtesting from": define("period", "time", "needs a bar", {
    description: "Open time of the first candle.",
    formula: "first date",
    compute: ({ record }) => record.equity.firstTime,
  }),
  "Backtesting to": define("period", "time", "needs a bar", {
    description: "Open time of the last candle.",
    formula: "last date",
    compute: ({ record }) => record.equity.lastTime,
  }),
  "Trading Mode": define("period", "text", NEEDS_RUN, {
    description: "The market that was traded.",
    formula: "market",
    compute: ({ record }) => record.market,
  }),
  "Max open trades": define("period", "count", "needs the setting maxOpenPositions", {
    description: "Positions that may be open at the same time.",
    formula: "setting",
    compute: ({ record }) => Number(record.settings["maxOpenPositions"] ?? NaN),
  }),
  "Total trades": define("trades", "count", NEEDS_RUN, {
    description: "Closed trades.",
    formula: "number of trades",
    compute: ({ all }) => all.count,
  }),
  "Daily Avg Trades": define("trades", "ratio", NEEDS_RUN, {
    description: "Closed trades for each whole day.",
    formula: "trades / days",
    compute: ({ all, days }) => all.count / days,
  }),
  "Starting balance": define("performance", "currency", NEEDS_RUN, {
    description: "Capital at the start.",
    formula: "starting balance",
    compute: ({ record }) => record.equity.startEquity,
  }),
  "Final balance": define("performance", "currency", "needs a bar", {
    description: "Balance at the end, open positions at the last price.",
    formula: "final balance",
    compute: ({ record }) => record.equity.endEquity,
  }),
  "Absolute profit": define("performance", "currency", NEEDS_RUN, {
    description: "Profit of all closed trades.",
    formula: "Σ profit",
    compute: ({ all }) => all.netPnl,
  }),
  "Total profit %": define("performance", "percent", NEEDS_RUN, {
    description: "Profit of all closed trades as a share of the starting balance.",
    formula: "Σ profit / starting balance × 100",
    compute: (facts) => shareOfBalance(facts, facts.all.netPnl),
  }),
  "CAGR %": define("performance", "percent", "needs a final balance that is not below zero", {
    description: "Compound annual growth rate over years of 365 whole days.",
    formula: "((final / starting balance)^(365 / days) - 1) × 100",
    compute: ({ cagr }) => cagr * 100,
  }),
  Sortino: define("performance", "ratio", "needs at least two losing trades with different profits", {
    description: "Profit per day over the deviation of losing trades among themselves.",
    formula: "(Σ profit share / days) / population deviation of losing trades' profit shares × √365",
    compute: ({ sortino }) => sortino,
  }),
  Sharpe: define("performance", "ratio", NEEDS_SPREAD, {
    description: "Profit per day over the deviation of trades. Not comparable with a Sharpe ratio of returns.",
    formula: "(Σ profit share / days) / population deviation of profit shares × √365",
    compute: ({ sharpe }) => sharpe,
  }),
  Calmar: define("performance", "ratio", NEEDS_FALL, {
    description: "Profit per day over the drawdown of closed trades. Not comparable with CAGR over drawdown.",
    formula: "(Σ profit share / days × 100) / drawdown share × √365",
    compute: ({ calmar }) => calmar,
  }),
  SQN: define("trades", "ratio", NEEDS_SPREAD, {
    description: "System quality number.",
    formula: "√trades × mean profit share / sample deviation of profit shares",
    compute: ({ all }) => all.systemQualityNumber,
  }),
  "P-value": define("trades", "ratio", NEEDS_SPREAD, {
    description: "Probability of an average profit this far from zero by luck alone.",
    formula: "two-sided Student's t test of the mean profit",
    compute: ({ all }) => studentTwoSided(all.systemQualityNumber, all.count - 1),
  }),
  "Profit factor": define("trades", "ratio", "needs a losing trade", {
    description: "Money won for each unit lost.",
    formula: "Σ winning profit / |Σ losing profit|",
    compute: ({ all }) => all.profitFactor,
  }),
  Expectancy: define("trades", "currency", NEEDS_TRADE, {
    description: "Average profit of a trade.",
    formula: "win rate × average win - loss rate × average loss",
    compute: ({ all }) => all.averagePnl,
  }),
  "Expectancy (Ratio)": define("trades", "ratio", "needs a losing trade", {
    description: "Average profit of a trade for each unit of the average loss.",
    formula: "(1 + average win / average loss) × win rate - 1",
    compute: ({ all }) => all.expectancyRatio,
  }),
  "Avg. daily profit %": define("performance", "percent", NEEDS_RUN, {
    description: "Total profit share for each whole day.",
    formula: "Total profit % / days",
    compute: (facts) => shareOfBalance(facts, facts.all.netPnl) / facts.days,
  }),
  "Avg. stake amount": define("trades", "currency", NEEDS_TRADE, {
    description: "Mean value of a trade at its entry.",
    formula: "mean entry value",
    compute: ({ averageStake }) => averageStake,
  }),
  "Total trade volume": define("costs", "currency", NEEDS_RUN, {
    description: "Value of everything bought and sold.",
    formula: "Σ price × quantity",
    compute: ({ record }) => record.tradedValue,
  }),
  "Long / Short": define("trades", "text", NEEDS_TRADE, {
    description: "Number of long and of short trades.",
    formula: "long / short",
    compute: ({ all }) => (all.count === 0 ? "" : `${all.longCount} / ${all.shortCount}`),
  }),
  "Total profit Long %": define("trades", "percent", "needs a long trade", {
    description: "Profit of long trades as a share of the starting balance.",
    formula: "Σ profit of longs / starting balance × 100",
    compute: (facts) => (facts.long.count === 0 ? NaN : shareOfBalance(facts, facts.long.netPnl)),
  }),
  "Total profit Short %": define("trades", "percent", "needs a short trade", {
    description: "Profit of short trades as a share of the starting balance.",
    formula: "Σ profit of shorts / starting balance × 100",
    compute: (facts) => (facts.short.count === 0 ? NaN : shareOfBalance(facts, facts.short.netPnl)),
  }),
  "Absolute profit Long": define("trades", "currency", "needs a long trade", {
    description: "Profit of long trades.",
    formula: "Σ profit of longs",
    compute: ({ long }) => (long.count === 0 ? NaN : long.netPnl),
  }),
  "Absolute profit Short": define("trades", "currency", "needs a short trade", {
    description: "Profit of short trades.",
    formula: "Σ profit of shorts",
    compute: ({ short }) => (short.count === 0 ? NaN : short.netPnl),
  }),
  "Best Pair": define("trades", "text", NEEDS_TRADE, {
    description: "Symbol with the largest sum of returns.",
    formula: "max Σ profit ratio",
    compute: ({ record }) => bestAndWorstSymbol(record.trades)?.best ?? "",
  }),
  "Worst Pair": define("trades", "text", NEEDS_TRADE, {
    description: "Symbol with the smallest sum of returns.",
    formula: "min Σ profit ratio",
    compute: ({ record }) => bestAndWorstSymbol(record.trades)?.worst ?? "",
  }),
  "Best trade": define("trades", "percent", NEEDS_TRADE, {
    description: "Largest return of a trade.",
    formula: "max profit ratio × 100",
    compute: ({ all }) => all.bestReturn * 100,
  }),
  "Worst trade": define("trades", "percent", NEEDS_TRADE, {
    description: "Smallest return of a trade.",
    formula: "min profit ratio × 100",
    compute: ({ all }) => all.worstReturn * 100,
  }),
  "Median profit %": define("trades", "percent", NEEDS_TRADE, {
    description: "Middle return of a trade.",
    formula: "median profit ratio × 100",
    compute: ({ record }) => median(record.trades.map((trade) => trade.returnRatio)) * 100,
  }),
  "Best day": define("trades", "currency", NEEDS_TRADE, {
    description: "Largest profit of the trades closed on one day.",
    formula: "max profit of a day",
    compute: ({ dailyProfits }) => largest(dailyProfits),
  }),
  "Worst day": define("trades", "currency", NEEDS_TRADE, {
    description: "Smallest profit of the trades closed on one day.",
    formula: "min profit of a day",
    compute: ({ dailyProfits }) => smallest(dailyProfits),
  }),
  "Days win/draw/lose": define("trades", "text", NEEDS_TRADE, {
    description: "Days from the first to the last exit with a profit, with nothing and with a loss.",
    formula: "winning / drawn / losing days",
    compute: ({ dailyProfits }) => {
      if (dailyProfits.length === 0) return "";
      const wins = dailyProfits.filter((profit) => profit > 0).length;
      const losses = dailyProfits.filter((profit) => profit < 0).length;
      return `${wins} / ${dailyProfits.length - wins - losses} / ${losses}`;
    },
  }),
  "Avg. Duration Winners": define("trades", "duration", "needs a winning trade", {
    description: "Mean time the winning trades were held.",
    formula: "mean duration of wins",
    compute: ({ all }) => all.averageWinDurationMs,
  }),
  "Avg. Duration Loser": define("trades", "duration", "needs a losing trade", {
    description: "Mean time the losing trades were held.",
    formula: "mean duration of losses",
    compute: ({ all }) => all.averageLossDurationMs,
  }),
  "Max Consecutive Wins / Loss": define("trades", "text", NEEDS_TRADE, {
    description: "Longest rows of wins and of losses; a draw is a loss.",
    formula: "wins / losses",
    compute: ({ all, streaks }) => (all.count === 0 ? "" : `${streaks.longestWins} / ${streaks.longestLosses}`),
  }),
  "Rejected Entry signals": define("orders", "count", NEEDS_RUN, {
    description: "Intents that limits stopped before they became orders.",
    formula: "number of refusals",
    compute: ({ record }) => record.orders.refused,
  }),
  "Entry/Exit Timeouts": define("orders", "count", NEEDS_RUN, {
    description: "Orders whose time ran out, entries and exits together.",
    formula: "number of expired orders",
    compute: ({ record }) => record.orders.expired,
  }),
  "Canceled Entry Orders": define("orders", "count", NEEDS_RUN, {
    description: "Cancelled orders, exits included.",
    formula: "number of cancelled orders",
    compute: ({ record }) => record.orders.cancelled,
  }),
  "Replaced Entry Orders": define("orders", "count", NOT_COUNTED, {
    description: "Orders replaced by others.",
    formula: "number of replaced orders",
    compute: () => NaN,
  }),
  "Min balance": define("risk", "currency", NEEDS_TRADE, {
    description: "Lowest balance after a closed trade.",
    formula: "starting balance + min running profit",
    compute: ({ minBalance }) => minBalance,
  }),
  "Max balance": define("risk", "currency", NEEDS_TRADE, {
    description: "Highest balance after a closed trade.",
    formula: "starting balance + max running profit",
    compute: ({ maxBalance }) => maxBalance,
  }),
  "Max % of account underwater": define("risk", "percent", NEEDS_FALL, {
    description: "Deepest fall of the balance of closed trades as a share of its high.",
    formula: "max((high - balance) / high) × 100",
    compute: ({ relativeDrawdown }) => relativeDrawdown.ratio * 100,
  }),
  "Absolute drawdown (Account)": define("risk", "percent", NEEDS_FALL, {
    description: "The fall that cost the most money, as a share of the balance at its high.",
    formula: "max(high - balance) / balance at that high × 100",
    compute: ({ drawdown }) => drawdown.ratio * 100,
  }),
  "Absolute drawdown": define("risk", "currency", NEEDS_FALL, {
    description: "The most money that a fall of the balance cost.",
    formula: "max(high - balance)",
    compute: ({ drawdown }) => drawdown.amount,
  }),
  "Drawdown high": define("risk", "currency", NEEDS_FALL, {
    description: "Profit so far when that fall began.",
    formula: "running profit at the high",
    compute: ({ drawdown }) => drawdown.highProfit,
  }),
  "Drawdown low": define("risk", "currency", NEEDS_FALL, {
    description: "Profit so far at the deepest point of that fall.",
    formula: "running profit at the low",
    compute: ({ drawdown }) => drawdown.lowProfit,
  }),
  "Drawdown Start": define("risk", "time", NEEDS_FALL, {
    description: "Exit of the trade that made the high.",
    formula: "exit time at the high",
    compute: ({ drawdown }) => drawdown.highTime,
  }),
  "Drawdown End": define("risk", "time", NEEDS_FALL, {
    description: "Exit of the trade that made the low.",
    formula: "exit time at the low",
    compute: ({ drawdown }) => drawdown.lowTime,
  }),
  "Drawdown duration": define("risk", "duration", NEEDS_FALL, {
    description: "From the high to the low.",
    formula: "Drawdown End - Drawdown Start",
    compute: ({ drawdown }) => drawdown.lowTime - drawdown.highTime,
  }),
  "Market change": define("benchmark", "percent", "needs a bar with a price", {
    description: "Change of the first symbol's close; freqtrade takes the mean of all pairs.",
    formula: "(last close - first close) / first close × 100",
    compute: ({ record: { equity } }) => (equity.lastPrice / equity.firstPrice - 1) * 100,
  }),
});

function define(section: Section, unit: Unit, needs: string, rest: Pick<Definition, "description" | "formula" | "compute">): Definition {
  return { source: "freqtrade", section, unit, needs, ...rest };
}

function shareOfBalance({ record }: FreqtradeFacts, amount: number): number {
  return (amount / record.equity.startEquity) * 100;
}
