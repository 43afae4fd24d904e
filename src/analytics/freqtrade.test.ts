import { describe, expect, it } from "vitest";
import { DAY_MS } from "../domain/timeframe.ts";
import { closedTradeDrawdown, freqtradeRatios } from "./freqtrade.ts";

/** The trade profits of freqtrade's own drawdown test; the ratios are what its metrics module computes from them over 40 days. */
const PROFITS = [
  0.01158, 0.010048, 0.01134, 0.012161, 0.010416, 0.010009, 0.020024, -0.024662, -0.02235, 0.020496, -0.029859, -0.030511, 0.010041,
  0.010872, -0.025782, 0.0104, 0.012374, 0.012467, 0.114741, 0.010303, 0.010088, -0.033961, 0.01068, 0.010886, -0.029274, 0.011178,
  0.010693, 0.010711,
];
const exitTimes = (count: number): number[] => Array.from({ length: count }, (_, day) => day * DAY_MS);

describe("freqtrade's ratios", () => {
  const ratios = freqtradeRatios({
    startBalance: 0.2,
    endBalance: 0.2 + PROFITS.reduce((total, profit) => total + profit, 0),
    days: 40,
    profits: PROFITS,
    exitTimes: exitTimes(PROFITS.length),
  });

  it("are those of freqtrade for the trades of its test", () => {
    expect(ratios.sharpe).toBeCloseTo(2.7127272547416155, 11);
    expect(ratios.sortino).toBeCloseTo(20.122740456288994, 10);
    expect(ratios.calmar).toBeCloseTo(115.2891537484773, 9);
    expect(ratios.cagr).toBeCloseTo(187.43067921598362, 8);
    expect(ratios.drawdown.amount).toBeCloseTo(0.091755, 12);
    expect(ratios.drawdown.ratio).toBeCloseTo(0.32129575807660243, 12);
    expect(ratios.drawdown.highProfit).toBeCloseTo(0.085578, 12);
    expect(ratios.drawdown.lowProfit).toBeCloseTo(-0.006177, 12);
    expect([ratios.drawdown.highTime, ratios.drawdown.lowTime]).toEqual([6 * DAY_MS, 14 * DAY_MS]);
  });

  it("keep the lowest and highest balance of closed trades", () => {
    expect(ratios.minBalance).toBeCloseTo(0.193823, 12);
    expect(ratios.maxBalance).toBeCloseTo(0.364196, 12);
  });

  it.each([
    [64_900, 176_000, 3 * 365, 0.3945],
    [64_900, 176_000, 365, 1.7119],
    [1_000, 1_000, 365, 0],
    [1_000, 1_500, 365, 0.5],
    [1_000, 1_500, 100, 3.3927],
    [0.01, 0.01762792, 120, 4.6087],
  ])("grow from %d to %d in %i days at a yearly rate of %d, as in freqtrade's tests", (startBalance, endBalance, days, rate) => {
    const { cagr } = freqtradeRatios({ startBalance, endBalance, days, profits: [], exitTimes: [] });

    expect(cagr).toBeCloseTo(rate, 4);
  });

  it("are not available without a loss to measure by", () => {
    const { sharpe, sortino, calmar, drawdown } = freqtradeRatios({
      startBalance: 100,
      endBalance: 105,
      days: 1,
      profits: [5],
      exitTimes: [0],
    });

    expect([sharpe, sortino, calmar, drawdown.amount]).toEqual([NaN, NaN, NaN, NaN]);
  });
});

/** freqtrade issue 6655: the most money and the largest share are lost in different falls. */
describe("the drawdown of closed trades", () => {
  const trades = { profits: [0, -500, 500, 10_000, -1_000], exitTimes: exitTimes(5), startBalance: 1_000 };

  it("by money is the fall that cost most", () => {
    expect(closedTradeDrawdown({ ...trades, by: "amount" })).toMatchObject({ amount: 1_000, ratio: 1_000 / 11_000, lowTime: 4 * DAY_MS });
  });

  it("by share is the fall that took the largest part of the balance", () => {
    expect(closedTradeDrawdown({ ...trades, by: "ratio" })).toMatchObject({ amount: 500, ratio: 0.5, lowTime: DAY_MS });
  });

  it("counts from the starting balance when the first trade loses", () => {
    const profits = PROFITS.slice(0, 5).map((profit) => -profit);
    const { amount } = closedTradeDrawdown({ profits, exitTimes: exitTimes(5), startBalance: 0.2, by: "amount" });

    expect(amount).toBeCloseTo(0.055545, 12);
  });
});
