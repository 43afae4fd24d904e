import { describe, expect, it } from "vitest";
import { studentTwoSided } from "./distributions.ts";
import { countStreaks, entryValueOf, inExitOrder, summarizeTrades } from "./trade-summary.ts";
import type { SummarizedTrade } from "./trade-summary.ts";

/** Trades that are told apart by their profit only; each is held as long as its place in the list says, in hours. */
function trades(...profits: readonly number[]): SummarizedTrade[] {
  return profits.map((netPnl, index) => ({
    direction: index % 2 === 0 ? "long" : "short",
    entryTime: index * 10,
    exitTime: index * 10 + index + 1,
    netPnl,
    returnRatio: netPnl / 1_000,
    fees: 1,
    funding: 0.5,
    maxAdverseExcursion: 0.01,
    maxFavorableExcursion: 0.03,
  }));
}

describe("the summary of trades", () => {
  it("comes to the expectancy of freqtrade's test", () => {
    const summary = summarizeTrades(trades(100, 200, 50, -150, 300, -100, 80, -30));

    expect(summary.averagePnl).toBeCloseTo(56.25, 12);
    expect(summary.expectancyRatio).toBeCloseTo(0.60267857, 8);
  });

  it("comes to hand-checked numbers", () => {
    const summary = summarizeTrades(trades(30, -10, 0, 20));

    expect(summary).toMatchObject({
      count: 4,
      winCount: 2,
      lossCount: 1,
      drawCount: 1,
      longCount: 2,
      shortCount: 2,
      winRate: 0.5,
      netPnl: 40,
      grossProfit: 50,
      grossLoss: 10,
      averagePnl: 10,
      averageWin: 25,
      averageLoss: 10,
      largestWin: 30,
      largestLoss: 10,
      profitFactor: 5,
      payoffRatio: 2.5,
      expectancyRatio: 0.75,
      fees: 4,
      funding: 2,
      averageDurationMs: 2.5,
      averageWinDurationMs: 2.5,
      averageLossDurationMs: 2,
      longestDurationMs: 4,
      shortestDurationMs: 1,
    });
    expect(summary.kelly).toBeCloseTo(0.3, 12);
    expect(summary.systemQualityNumber).toBeCloseTo((2 * 10) / Math.sqrt(1_000 / 3), 12);
  });

  it("has no ratio without a loss", () => {
    const summary = summarizeTrades(trades(10, 20));

    expect([summary.payoffRatio, summary.expectancyRatio, summary.kelly, summary.averageLoss]).toEqual([NaN, NaN, NaN, NaN]);
    expect(summary.profitFactor).toBe(Infinity);
  });

  it("has nothing but zeros and no averages without trades", () => {
    const summary = summarizeTrades([]);

    expect([summary.count, summary.netPnl, summary.fees]).toEqual([0, 0, 0]);
    expect([summary.winRate, summary.averagePnl, summary.bestReturn, summary.averageDurationMs]).toEqual([NaN, NaN, NaN, NaN]);
  });

  it("gives the p-value of SciPy's t test through its system quality number", () => {
    const { systemQualityNumber, count } = summarizeTrades(trades(0.01, 0.02, -0.01, 0.04, -0.02));

    expect(systemQualityNumber).toBeCloseTo(0.7492686492653551, 12);
    expect(studentTwoSided(systemQualityNumber, count - 1)).toBeCloseTo(0.4953543088910323, 12);
  });
});

describe("streaks", () => {
  it("count wins and losses in the order of the exits", () => {
    const list = trades(1, 1, -1, 1, 1, 1, -1, -1);

    expect(countStreaks(list)).toEqual({ longestWins: 3, longestLosses: 2, current: -2 });
    expect(countStreaks(list.toReversed())).toEqual(countStreaks(list));
  });

  it("end with a draw, which is a loss only where asked for", () => {
    const list = trades(1, 0, 1, -1, 0, -1);

    expect(countStreaks(list)).toEqual({ longestWins: 1, longestLosses: 1, current: -1 });
    expect(countStreaks(list, { drawIsLoss: true })).toEqual({ longestWins: 1, longestLosses: 3, current: -3 });
  });
});

describe("a trade's entry value", () => {
  it("comes from its return, so that contracts of any size are valued right", () => {
    expect(entryValueOf({ quantity: 3, entryPrice: 50, netPnl: 15, returnRatio: 0.01 })).toBe(1_500);
  });

  it("is price times quantity where the trade ended at zero", () => {
    expect(entryValueOf({ quantity: 3, entryPrice: 50, netPnl: 0, returnRatio: 0 })).toBe(150);
  });
});

it("trades are ordered by exit, then by entry", () => {
  const list = [
    { entryTime: 5, exitTime: 9 },
    { entryTime: 1, exitTime: 9 },
    { entryTime: 6, exitTime: 7 },
  ];

  expect(inExitOrder(list).map((trade) => trade.entryTime)).toEqual([6, 1, 5]);
});
