import type { ClosedTrade } from "../domain/position.ts";
import { DAY_MS } from "../domain/timeframe.ts";
import { sum } from "./moments.ts";

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
  const times = new Map(trades.map((trade) => [trade, new Date(trade.exitTime).toISOString()]));
  const byProfit = (keyOf: (trade: ClosedTrade) => string): BreakdownRow[] =>
    groupTrades(trades, keyOf, startEquity).toSorted((left, right) => right.profit - left.profit || compareText(left.key, right.key));
  const byTime = (keyOf: (iso: string, time: number) => string): BreakdownRow[] =>
    groupTrades(trades, (trade) => keyOf(times.get(trade) ?? "", trade.exitTime), startEquity).toSorted((left, right) =>
      compareText(left.key, right.key),
    );

  return {
    byExitReason: byProfit((trade) => trade.exitReason),
    byEntryTag: byProfit(tagOf),
    byTagAndReason: byProfit((trade) => `${tagOf(trade)} → ${trade.exitReason}`),
    bySymbol: byProfit((trade) => trade.symbol),
    byDirection: byProfit((trade) => trade.direction),
    byWeekday: byTime((_, time) => String(weekdayOf(time))).map((row) => ({ ...row, key: WEEKDAYS[Number(row.key)] ?? row.key })),
    byHour: byTime((iso) => `${iso.slice(11, 13)}:00`),
    byDay: byTime((iso) => iso.slice(0, 10)),
    byWeek: byTime((_, time) => new Date((Math.floor(time / DAY_MS) - weekdayOf(time)) * DAY_MS).toISOString().slice(0, 10)),
    byMonth: byTime((iso) => iso.slice(0, 7)),
    byYear: byTime((iso) => iso.slice(0, 4)),
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
  return [...Map.groupBy(trades, keyOf)].map(([key, group]) => toRow(key, group, startEquity));
}

function toRow(key: string, group: readonly ClosedTrade[], startEquity: number): BreakdownRow {
  let [wins, losses, won, lost, returns, held] = [0, 0, 0, 0, 0, 0];
  for (const { netPnl, returnRatio, entryTime, exitTime } of group) {
    if (netPnl > 0) {
      wins += 1;
      won += netPnl;
    } else if (netPnl < 0) {
      losses += 1;
      lost -= netPnl;
    }
    returns += returnRatio;
    held += exitTime - entryTime;
  }
  return {
    key,
    trades: group.length,
    wins,
    draws: group.length - wins - losses,
    losses,
    winRatePct: (wins / group.length) * 100,
    profit: won - lost,
    profitPct: ((won - lost) / startEquity) * 100,
    averageTradePct: (returns / group.length) * 100,
    profitFactor: losses === 0 ? undefined : won / lost,
    averageHoldingMs: held / group.length,
  };
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
