import type { ClosedTrade } from "../domain/position.ts";
import { geometricMeanReturn, largest, mean, smallest, sum } from "./moments.ts";
import { systemQualityNumber } from "./ratios.ts";

/** Figures of a list of trades. Amounts are net of fees and funding; a figure without trades to make it from is NaN. */
export interface TradeSummary {
  readonly count: number;
  readonly winCount: number;
  readonly lossCount: number;
  /** Trades that ended at exactly zero. */
  readonly drawCount: number;
  readonly longCount: number;
  readonly shortCount: number;
  /** Share of all trades that won; draws have not. */
  readonly winRate: number;
  readonly netPnl: number;
  readonly grossProfit: number;
  /** Sum of all losses, at or above zero. */
  readonly grossLoss: number;
  readonly averagePnl: number;
  readonly averageWin: number;
  /** At or above zero. */
  readonly averageLoss: number;
  readonly largestWin: number;
  /** At or above zero. */
  readonly largestLoss: number;
  /** Gross profit over gross loss. */
  readonly profitFactor: number;
  /** Average win over average loss. */
  readonly payoffRatio: number;
  /** What a trade earns for each unit of the average loss: `(1 + payoff) × win rate - 1`. */
  readonly expectancyRatio: number;
  readonly systemQualityNumber: number;
  /** Share of the capital that grows it fastest: `win rate - loss rate / payoff`. */
  readonly kelly: number;
  readonly averageReturn: number;
  readonly geometricReturn: number;
  readonly bestReturn: number;
  readonly worstReturn: number;
  readonly averageDurationMs: number;
  readonly averageWinDurationMs: number;
  readonly averageLossDurationMs: number;
  readonly longestDurationMs: number;
  readonly shortestDurationMs: number;
  readonly averageAdverseExcursion: number;
  readonly averageFavorableExcursion: number;
  readonly fees: number;
  readonly funding: number;
}

/** What a trade summary needs of a trade, so that trades of other systems can be summarised too. */
export type SummarizedTrade = Pick<
  ClosedTrade,
  "direction" | "entryTime" | "exitTime" | "netPnl" | "returnRatio" | "fees" | "funding" | "maxAdverseExcursion" | "maxFavorableExcursion"
>;

/** Computes all figures of a list of trades; their order does not matter. */
export function summarizeTrades(trades: readonly SummarizedTrade[]): TradeSummary {
  const pnl = trades.map((trade) => trade.netPnl);
  const wins = pnl.filter((value) => value > 0);
  const losses = pnl.filter((value) => value < 0).map((value) => -value);
  const returns = trades.map((trade) => trade.returnRatio);
  const winRate = wins.length / trades.length;
  const payoffRatio = mean(wins) / mean(losses);
  const longCount = trades.filter((trade) => trade.direction === "long").length;

  return {
    count: trades.length,
    winCount: wins.length,
    lossCount: losses.length,
    drawCount: trades.length - wins.length - losses.length,
    longCount,
    shortCount: trades.length - longCount,
    winRate,
    netPnl: sum(pnl),
    grossProfit: sum(wins),
    grossLoss: sum(losses),
    averagePnl: mean(pnl),
    averageWin: mean(wins),
    averageLoss: mean(losses),
    largestWin: largest(wins),
    largestLoss: largest(losses),
    profitFactor: sum(wins) / sum(losses),
    payoffRatio,
    expectancyRatio: losses.length === 0 ? NaN : (1 + (wins.length === 0 ? 0 : payoffRatio)) * winRate - 1,
    systemQualityNumber: systemQualityNumber(pnl),
    kelly: winRate - (1 - winRate) / payoffRatio,
    averageReturn: mean(returns),
    geometricReturn: geometricMeanReturn(returns),
    bestReturn: largest(returns),
    worstReturn: smallest(returns),
    ...summarizeDurations(trades),
    averageAdverseExcursion: mean(trades.map((trade) => trade.maxAdverseExcursion)),
    averageFavorableExcursion: mean(trades.map((trade) => trade.maxFavorableExcursion)),
    fees: sum(trades.map((trade) => trade.fees)),
    funding: sum(trades.map((trade) => trade.funding)),
  };
}

/** Longest rows of wins and of losses in the order of the exits, and the row under way at the end (below zero: losses). */
export interface Streaks {
  readonly longestWins: number;
  readonly longestLosses: number;
  readonly current: number;
}

/** Counts streaks; a draw ends a row of either kind unless `drawIsLoss`, which counts it as a loss (freqtrade). */
export function countStreaks(trades: readonly SummarizedTrade[], { drawIsLoss = false }: { drawIsLoss?: boolean } = {}): Streaks {
  let longestWins = 0;
  let longestLosses = 0;
  let current = 0;
  for (const { netPnl } of inExitOrder(trades)) {
    if (netPnl > 0) current = Math.max(0, current) + 1;
    else if (netPnl < 0 || drawIsLoss) current = Math.min(0, current) - 1;
    else current = 0;
    longestWins = Math.max(longestWins, current);
    longestLosses = Math.max(longestLosses, -current);
  }
  return { longestWins, longestLosses, current };
}

/** The trades by exit time, then entry time. */
export function inExitOrder<Trade extends Pick<ClosedTrade, "entryTime" | "exitTime">>(trades: readonly Trade[]): Trade[] {
  return trades.toSorted((left, right) => left.exitTime - right.exitTime || left.entryTime - right.entryTime);
}

/** Value of what was traded at the entry, in the settle asset; found through the return where the trade has one. */
export function entryValueOf(trade: Pick<ClosedTrade, "quantity" | "entryPrice" | "netPnl" | "returnRatio">): number {
  const value = trade.netPnl / trade.returnRatio;
  return Number.isFinite(value) && value > 0 ? value : trade.quantity * trade.entryPrice;
}

function summarizeDurations(trades: readonly SummarizedTrade[]) {
  const durationOf = (trade: SummarizedTrade): number => trade.exitTime - trade.entryTime;
  const all = trades.map(durationOf);
  return {
    averageDurationMs: mean(all),
    averageWinDurationMs: mean(trades.filter((trade) => trade.netPnl > 0).map(durationOf)),
    averageLossDurationMs: mean(trades.filter((trade) => trade.netPnl < 0).map(durationOf)),
    longestDurationMs: largest(all),
    shortestDurationMs: smallest(all),
  };
}
