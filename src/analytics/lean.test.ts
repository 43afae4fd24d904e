import { describe, expect, it } from "vitest";
import { leanPortfolio } from "./lean.ts";
import { listDrawdowns } from "./drawdowns.ts";

const FLAT = [0.01, -0.02, 0.03, 0.01];

describe("LEAN's portfolio statistics", () => {
  /** The numbers of LEAN's own PortfolioStatisticsTests: four days against a benchmark, for three lengths of a trading year. */
  it.each([
    [202, 0.00589787137120101, 0.0767976000354244, -3.0952570635188, 0.167632655086644, 0.252197874915608],
    [252, 0.00735774052248839, 0.0857772727620108, -3.3486737318423, 0.187233350684845, 0.257146306116665],
    [365, 0.0106570448043979, 0.103232963748978, -3.75507953923657, 0.225335372429895, 0.264390639112978],
  ])(
    "with %i trading days a year are those of LEAN's tests",
    (tradingDaysPerYear, variance, deviation, sharpe, tracking, probabilistic) => {
      const portfolio = leanPortfolio({
        startEquity: 100_000,
        endEquity: 100_000,
        profits: [],
        returns: [-0.009025132, 0.003653969, 0, 0],
        benchmark: [-0.011587791300935783, 0.00054375782787618543, 0.022165997700413956, 0.006263266301918822],
        tradingDaysPerYear,
      });

      expect(portfolio.annualVariance).toBeCloseTo(variance, 14);
      expect(portfolio.annualStandardDeviation).toBeCloseTo(deviation, 14);
      expect(portfolio.sharpeRatio).toBeCloseTo(sharpe, 12);
      expect(portfolio.trackingError).toBeCloseTo(tracking, 13);
      expect(portfolio.probabilisticSharpeRatio).toBeCloseTo(probabilistic, 12);
    },
  );

  it("measure wins and losses by the capital before each, as in LEAN's tests", () => {
    const portfolio = leanPortfolio({
      startEquity: 100_000,
      endEquity: 102_800,
      profits: [-8_000, 10_800],
      returns: FLAT,
      benchmark: FLAT,
      tradingDaysPerYear: 252,
    });

    expect(portfolio.averageWin).toBeCloseTo(0.11739130434782609, 14);
    expect(portfolio.averageLoss).toBeCloseTo(-0.08, 14);
    expect(portfolio.profitLossRatio).toBeCloseTo(1.4673913043478262, 14);
    expect(portfolio.winRate).toBe(0.5);
    expect(portfolio.expectancy).toBeCloseTo(0.5 * 1.467391304347826 - 0.5, 14);
  });

  it("of a run that equals its benchmark have a beta of 1 and no alpha, and no information ratio", () => {
    const portfolio = leanPortfolio({
      startEquity: 1,
      endEquity: 1,
      profits: [],
      returns: FLAT,
      benchmark: FLAT,
      tradingDaysPerYear: 365,
      riskFreeRate: 0.02,
    });

    expect(portfolio.beta).toBeCloseTo(1, 14);
    expect(portfolio.alpha).toBeCloseTo(0, 10);
    expect(portfolio.trackingError).toBe(0);
    expect(portfolio.informationRatio).toBeNaN();
    expect(portfolio.treynorRatio).toBeCloseTo(1.0075 ** 365 - 1 - 0.02, 9);
    expect(portfolio.sortinoRatio).toBeNaN();
  });
});

/** LEAN's DrawdownRecoveryTests: the longest way back to a high, in days. */
describe("the recovery from drawdowns", () => {
  it.each([
    [[100, 90, 100], 2],
    [[100, 90, 95, 100], 3],
    [[100, 90, 100, 90, 100], 2],
    [[100, 90, 100, 90, 80, 100], 3],
    [[100, 90, 95, 90, 100], 4],
    [[50, 100, 98, 99, 100], 3],
    [[100, 98, 100, 101, 100, 99], 2],
    [[100, 97, 99, 97, 100], 4],
  ])("of %j takes %i days", (equity, days) => {
    const drawdowns = listDrawdowns(
      equity.map((_, day) => day),
      equity,
    );

    expect(Math.max(...drawdowns.map(({ recoveryTime, peakTime }) => recoveryTime - peakTime || 0))).toBe(days);
  });

  it.each([[[100, 90, 80, 70]], [[100, 90, 95, 90]], [[100, 100, 100]], [[100]], [[]]])("of %j never comes", (equity: number[]) => {
    const drawdowns = listDrawdowns(
      equity.map((_, day) => day),
      equity,
    );

    expect(drawdowns.filter(({ recoveryTime }) => !Number.isNaN(recoveryTime))).toEqual([]);
  });
});
