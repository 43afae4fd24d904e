import { DAY_MS } from "../domain/timeframe.ts";
import { standardDeviation, sum } from "./moments.ts";
import type { Numbers } from "./moments.ts";
import type { RunRecord } from "./run-record.ts";
import { countStreaks, entryValueOf, inExitOrder, summarizeTrades } from "./trade-summary.ts";
import type { Streaks, TradeSummary } from "./trade-summary.ts";

/** The deepest fall of the balance of closed trades. */
export interface ClosedTradeDrawdown {
  /** Money lost from the high; NaN when the balance never fell. */
  readonly amount: number;
  /** The same as a share of the balance at the high. */
  readonly ratio: number;
  readonly highTime: number;
  readonly lowTime: number;
  /** Profit so far, without the starting balance, at the high and at the low. */
  readonly highProfit: number;
  readonly lowProfit: number;
}

/** A run as freqtrade's report sees it: closed trades on a starting balance, between two dates. */
export interface FreqtradeRun {
  readonly startBalance: number;
  readonly endBalance: number;
  /** Whole days between the first and the last candle, at least 1. */
  readonly days: number;
  /** Profits of closed trades in the order of their exits. */
  readonly profits: readonly number[];
  readonly exitTimes: readonly number[];
}

/** freqtrade's ratios: profits per trade, days from the calendar. NaN where it writes 0 or -100 for "unknown". */
export interface FreqtradeRatios {
  readonly cagr: number;
  readonly sharpe: number;
  readonly sortino: number;
  readonly calmar: number;
  /** The deepest fall in money, and the deepest as a share; they can be different ones. */
  readonly drawdown: ClosedTradeDrawdown;
  readonly relativeDrawdown: ClosedTradeDrawdown;
  readonly minBalance: number;
  readonly maxBalance: number;
}

/** Computes freqtrade's ratios by its formulas. */
export function freqtradeRatios({ startBalance, endBalance, days, profits, exitTimes }: FreqtradeRun): FreqtradeRatios {
  const shares = profits.map((profit) => profit / startBalance);
  const dailyMean = sum(shares) / days;
  const drawdown = closedTradeDrawdown({ profits, exitTimes, startBalance, by: "amount" });
  const balances = runningSum(profits).map((profit) => startBalance + profit);
  const ratio = (deviation: number): number => (profits.length > 0 && deviation > 0 ? (dailyMean / deviation) * Math.sqrt(365) : NaN);
  return {
    cagr: endBalance < 0 ? NaN : (endBalance / startBalance) ** (365 / days) - 1,
    sharpe: ratio(standardDeviation(shares, 0)),
    sortino: ratio(
      standardDeviation(
        shares.filter((share) => share < 0),
        0,
      ),
    ),
    calmar: ((dailyMean * 100) / drawdown.ratio) * Math.sqrt(365),
    drawdown,
    relativeDrawdown: closedTradeDrawdown({ profits, exitTimes, startBalance, by: "ratio" }),
    minBalance: profits.length === 0 ? NaN : Math.min(...extremes(balances)),
    maxBalance: profits.length === 0 ? NaN : Math.max(...extremes(balances)),
  };
}

/** The deepest fall of the sum of profits, by money or by share of the balance; the starting balance is the first high. */
export function closedTradeDrawdown({
  profits,
  exitTimes,
  startBalance,
  by,
}: {
  readonly profits: Numbers;
  readonly exitTimes: Numbers;
  readonly startBalance: number;
  readonly by: "amount" | "ratio";
}): ClosedTradeDrawdown {
  let deepest: ClosedTradeDrawdown = { amount: NaN, ratio: NaN, highTime: NaN, lowTime: NaN, highProfit: NaN, lowProfit: NaN };
  let profit = 0;
  let highProfit = 0;
  let highTime = exitTimes[0] ?? NaN;
  for (let index = 0; index < profits.length; index += 1) {
    profit += profits[index] as number;
    const time = exitTimes[index] as number;
    if (profit > highProfit) {
      highProfit = profit;
      highTime = time;
    }
    const amount = highProfit - profit;
    const found = { amount, ratio: amount / (startBalance + highProfit), highTime, lowTime: time, highProfit, lowProfit: profit };
    if (amount > 0 && !(found[by] <= deepest[by])) deepest = found;
  }
  return deepest;
}

/** A recorded run with freqtrade's figures of it. */
export interface FreqtradeFacts extends FreqtradeRatios {
  readonly record: RunRecord;
  readonly days: number;
  readonly all: TradeSummary;
  readonly long: TradeSummary;
  readonly short: TradeSummary;
  /** Draws count as losses. */
  readonly streaks: Streaks;
  readonly averageStake: number;
  /** Net profit of the trades closed on each day from the first to the last exit; days without one are 0. */
  readonly dailyProfits: readonly number[];
}

/** freqtrade's figures of a recorded run. */
export function freqtradeFacts(record: RunRecord): FreqtradeFacts {
  const trades = inExitOrder(record.trades);
  const { firstTime, lastTime, startEquity, endEquity } = record.equity;
  const days = Math.max(1, Math.floor((lastTime - firstTime) / DAY_MS));
  return {
    record,
    days,
    ...freqtradeRatios({
      startBalance: startEquity,
      endBalance: endEquity,
      days,
      profits: trades.map((trade) => trade.netPnl),
      exitTimes: trades.map((trade) => trade.exitTime),
    }),
    all: summarizeTrades(trades),
    long: summarizeTrades(trades.filter((trade) => trade.direction === "long")),
    short: summarizeTrades(trades.filter((trade) => trade.direction === "short")),
    streaks: countStreaks(trades, { drawIsLoss: true }),
    averageStake: sum(trades.map(entryValueOf)) / trades.length,
    dailyProfits: profitsByDay(trades),
  };
}

function profitsByDay(trades: RunRecord["trades"]): number[] {
  if (trades.length === 0) return [];
  const dayOf = (time: number): number => Math.floor(time / DAY_MS);
  const first = dayOf(trades[0]?.exitTime ?? 0);
  const last = dayOf(trades.at(-1)?.exitTime ?? 0);
  const profits = Array.from({ length: last - first + 1 }, () => 0);
  for (const trade of trades) profits[dayOf(trade.exitTime) - first] = (profits[dayOf(trade.exitTime) - first] ?? 0) + trade.netPnl;
  return profits;
}

function runningSum(values: readonly number[]): number[] {
  let total = 0;
  return values.map((value) => (total += value));
}

function extremes(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}
