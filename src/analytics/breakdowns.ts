import type { ClosedTrade } from "../domain/position.ts";
import { DAY_MS } from "../domain/timeframe.ts";
import { sum } from "./moments.ts";
import { summarizeTrades } from "./trade-summary.ts";

/** The trades that have one thing in common, summed up. */
export interface BreakdownRow {
  readonly key: string;
  readonly trades: number;
  readonly wins: number;
  readonly draws: number;
  readonly losses: number;
  readonly winRatePct: number;
  /** Net profit in the account's currency. */
  readonly profit: number;
  /** Net profit as percent of the start equity. */
  readonly profitPct: number;
  /** Mean return of a trade in percent of its entry value. */
  readonly averageTradePct: number;
  /** Undefined without a losing trade. */
  readonly profitFactor: number | undefined;
  readonly averageHoldingMs: number;
}

/** Trades by what they have in common; periods are UTC and go by the exit. Only keys with a trade are listed. */
export interface Breakdowns {
  readonly byExitReason: readonly BreakdownRow[];
  readonly byEntryTag: readonly BreakdownRow[];
  readonly byTagAndReason: readonly BreakdownRow[];
  readonly bySymbol: readonly BreakdownRow[];
  readonly byDirection: readonly BreakdownRow[];
  readonly byWeekday: readonly BreakdownRow[];
  readonly byHour: readonly BreakdownRow[];
  readonly byDay: readonly BreakdownRow[];
  readonly byWeek: readonly BreakdownRow[];
  readonly byMonth: readonly BreakdownRow[];
  readonly byYear: readonly BreakdownRow[];
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** Sums up trades by reason, tag, symbol, direction and time. */
export function breakDown(trades: readonly ClosedTrade[], startEquity: number): Breakdowns {
  const byProfit = (keyOf: (trade: ClosedTrade) => string): BreakdownRow[] =>
    groupTrades(trades, keyOf, startEquity).toSorted((left, right) => right.profit - left.profit || compareText(left.key, right.key));
  const byTime = (keyOf: (time: number) => string): BreakdownRow[] =>
    groupTrades(trades, (trade) => keyOf(trade.exitTime), startEquity).toSorted((left, right) => compareText(left.key, right.key));

  return {
    byExitReason: byProfit((trade) => trade.exitReason),
    byEntryTag: byProfit(tagOf),
    byTagAndReason: byProfit((trade) => `${tagOf(trade)} → ${trade.exitReason}`),
    bySymbol: byProfit((trade) => trade.symbol),
    byDirection: byProfit((trade) => trade.direction),
    byWeekday: byTime((time) => String(weekdayOf(time))).map((row) => ({ ...row, key: WEEKDAYS[Number(row.key)] ?? row.key })),
    byHour: byTime((time) => `${new Date(time).toISOString().slice(11, 13)}:00`),
    byDay: byTime((time) => new Date(time).toISOString().slice(0, 10)),
    byWeek: byTime((time) => new Date((Math.floor(time / DAY_MS) - weekdayOf(time)) * DAY_MS).toISOString().slice(0, 10)),
    byMonth: byTime((time) => new Date(time).toISOString().slice(0, 7)),
    byYear: byTime((time) => new Date(time).toISOString().slice(0, 4)),
  };
}

/** The symbols with the largest and the smallest sum of returns; undefined without a trade. */
export function bestAndWorstSymbol(trades: readonly ClosedTrade[]): { readonly best: string; readonly worst: string } | undefined {
  const sums = [...Map.groupBy(trades, (trade) => trade.symbol)].map(([symbol, group]) => ({
    symbol,
    total: sum(group.map((trade) => trade.returnRatio)),
  }));
  const ordered = sums.toSorted((left, right) => right.total - left.total);
  const best = ordered[0];
  const worst = ordered.at(-1);
  return best === undefined || worst === undefined ? undefined : { best: best.symbol, worst: worst.symbol };
}

function groupTrades(trades: readonly ClosedTrade[], keyOf: (trade: ClosedTrade) => string, startEquity: number): BreakdownRow[] {
  return [...Map.groupBy(trades, keyOf)].map(([key, group]) => {
    const summary = summarizeTrades(group);
    return {
      key,
      trades: summary.count,
      wins: summary.winCount,
      draws: summary.drawCount,
      losses: summary.lossCount,
      winRatePct: summary.winRate * 100,
      profit: summary.netPnl,
      profitPct: (summary.netPnl / startEquity) * 100,
      averageTradePct: summary.averageReturn * 100,
      profitFactor: summary.lossCount === 0 ? undefined : summary.profitFactor,
      averageHoldingMs: summary.averageDurationMs,
    };
  });
}

function tagOf(trade: ClosedTrade): string {
  return trade.entryTag ?? "(no tag)";
}

/** 0 for Monday to 6 for Sunday. */
function weekdayOf(time: number): number {
  return (Math.floor(time / DAY_MS) + 3) % 7;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
