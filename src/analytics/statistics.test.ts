import { describe, expect, it } from "vitest";
import { DAY_MS } from "../domain/timeframe.ts";
import { EquityRecorder } from "./equity-recorder.ts";
import type { RunRecord } from "./run-record.ts";
import { sampleRun } from "./sample-run.ts";
import { computeStatistics, listStatistics, STATISTIC_DEFINITIONS, STATISTIC_GROUP_TITLES } from "./statistics.ts";
import type { StatisticGroup } from "./statistics.ts";
import { numberOf } from "./statistic.ts";

const GROUPS = Object.keys(STATISTIC_GROUP_TITLES) as StatisticGroup[];

/** The headline list of each system, as its own report prints it. */
const PEERS: Readonly<Record<string, readonly string[]>> = {
  backtestingPy:
    "Start,End,Duration,Exposure Time [%],Equity Final [$],Equity Peak [$],Commissions [$],Return [%],Buy & Hold Return [%],Return (Ann.) [%],Volatility (Ann.) [%],CAGR [%],Sharpe Ratio,Sortino Ratio,Calmar Ratio,Alpha [%],Beta,Max. Drawdown [%],Avg. Drawdown [%],Max. Drawdown Duration,Avg. Drawdown Duration,# Trades,Win Rate [%],Best Trade [%],Worst Trade [%],Avg. Trade [%],Max. Trade Duration,Avg. Trade Duration,Profit Factor,Expectancy [%],SQN,Kelly Criterion".split(
      ",",
    ),
  lean: "Total Orders,Average Win,Average Loss,Compounding Annual Return,Drawdown,Expectancy,Start Equity,End Equity,Net Profit,Sharpe Ratio,Sortino Ratio,Probabilistic Sharpe Ratio,Loss Rate,Win Rate,Profit-Loss Ratio,Alpha,Beta,Annual Standard Deviation,Annual Variance,Information Ratio,Tracking Error,Treynor Ratio,Total Fees,Estimated Strategy Capacity,Lowest Capacity Asset,Portfolio Turnover,Drawdown Recovery".split(
    ",",
  ),
  freqtrade:
    "Backtesting from,Backtesting to,Max open trades,Starting balance,Final balance,Absolute profit,Total profit %,CAGR %,Sortino,Sharpe,Calmar,SQN,P-value,Profit factor,Expectancy,Expectancy (Ratio),Avg. daily profit %,Avg. stake amount,Total trade volume,Long / Short,Best Pair,Worst Pair,Best trade,Worst trade,Best day,Worst day,Days win/draw/lose,Avg. Duration Winners,Avg. Duration Loser,Max Consecutive Wins / Loss,Rejected Entry signals,Entry/Exit Timeouts,Min balance,Max balance,Max % of account underwater,Absolute drawdown (Account),Absolute drawdown,Drawdown high,Drawdown low,Drawdown Start,Drawdown End,Drawdown duration,Market change".split(
      ",",
    ),
};

describe("the statistics of a run", () => {
  const run = sampleRun();
  const statistics = computeStatistics(run);

  it.each(Object.entries(PEERS))("have the whole list of %s by its own names", (group, names) => {
    const keys = Object.keys(STATISTIC_DEFINITIONS[group as StatisticGroup]);

    expect(names.filter((name) => !keys.includes(name))).toEqual([]);
  });

  it.each(GROUPS)("have a value or a reason for every definition of %s", (group) => {
    const silent = listStatistics(statistics, group).filter(
      ({ statistic }) => (statistic.value === undefined && statistic.reason === "") || Number.isNaN(statistic.value),
    );

    expect(silent).toEqual([]);
  });

  it("agree with each other where systems agree", () => {
    const { headline, backtestingPy, freqtrade, lean, jesse } = statistics;

    expect(numberOf(freqtrade["Profit factor"])).toBe(numberOf(headline.profitFactor));
    expect(numberOf(backtestingPy.SQN)).toBe(numberOf(headline.systemQualityNumber));
    expect(numberOf(lean["Net Profit"])).toBe(numberOf(headline.returnPct));
    expect(numberOf(jesse.sharpe_ratio)).toBe(numberOf(headline.sharpeRatio));
    expect(numberOf(backtestingPy["Max. Drawdown [%]"])).toBeCloseTo(-numberOf(headline.maxDrawdownPct), 12);
    expect(numberOf(backtestingPy["Kelly Criterion"]) * 100).toBeCloseTo(numberOf(headline.kellyPct), 10);
    expect(numberOf(lean["Win Rate"])).toBeCloseTo(numberOf(headline.winRatePct), 12);
  });

  it("add up: profits of trades are the account's profit when nothing is open", () => {
    expect(numberOf(statistics.freqtrade["Absolute profit"])).toBeCloseTo(numberOf(statistics.headline.netProfit), 8);
    expect(numberOf(statistics.headline.longProfit) + numberOf(statistics.headline.shortProfit)).toBeCloseTo(
      numberOf(statistics.headline.netProfit),
      8,
    );
  });

  it("say what is missing when nothing was traded", () => {
    const { headline, lean } = computeStatistics(withoutTrades(run));

    expect(headline.winRatePct).toEqual({ value: undefined, reason: "needs a closed trade" });
    expect(headline.sharpeRatio.value).toBeUndefined();
    expect(headline.profitFactor.value).toBeUndefined();
    expect(headline.maxDrawdownPct.value).toBe(0);
    expect(headline.trades.value).toBe(0);
    expect(lean["Estimated Strategy Capacity"].value).toBeUndefined();
  });

  it("of a week have no yearly growth", () => {
    const { headline } = computeStatistics(sampleRun({ days: 7 }));

    expect(headline.cagrPct.value).toBeUndefined();
    expect(headline.cagrPct.reason).toContain("30 days");
    expect(headline.calmarRatio.value).toBeUndefined();
    expect(headline.sharpeRatio.value).toBeTypeOf("number");
  });

  it("of no bars at all are reasons, not wrong numbers", () => {
    const empty = { ...withoutTrades(run), equity: new EquityRecorder({ startEquity: 100, barMs: 60_000 }).finish() };
    const { headline } = computeStatistics(empty);

    for (const key of ["start", "end", "duration", "sharpeRatio", "cagrPct", "maxDrawdownPct", "beta", "turnoverPct"] as const) {
      expect(headline[key].value, key).toBeUndefined();
    }
    expect(headline.returnPct.value).toBe(0);
  });

  it("of a ruined account have no figures of returns, and a drawdown of everything", () => {
    const recorder = new EquityRecorder({ startEquity: 100, barMs: DAY_MS });
    [100, 50, 0, 0, 0].forEach((equity, day) => recorder.mark(run.from + day * DAY_MS, equity, 10 + day, true));
    const { headline, backtestingPy, lean } = computeStatistics({ ...run, timeframe: "1d", equity: recorder.finish() });

    expect(headline.sharpeRatio.reason).toContain("above zero");
    expect(headline.worstDayPct.value).toBeUndefined();
    expect(lean["Sharpe Ratio"].value).toBeUndefined();
    expect(headline.maxDrawdownPct.value).toBe(100);
    expect(backtestingPy["Return (Ann.) [%]"].value).toBe(0);
    expect(backtestingPy["Return [%]"].value).toBe(-100);
  });

  it("take the riskless return off the ratios", () => {
    const cautious = computeStatistics(run, { riskFreeRatePct: 5 });

    expect(numberOf(cautious.headline.sharpeRatio)).toBeLessThan(numberOf(statistics.headline.sharpeRatio));
    expect(numberOf(cautious.backtestingPy["Sharpe Ratio"])).toBeLessThan(numberOf(statistics.backtestingPy["Sharpe Ratio"]));
    expect(numberOf(cautious.lean["Sharpe Ratio"])).toBeLessThan(numberOf(statistics.lean["Sharpe Ratio"]));
  });

  it("of a sampled curve keep what was measured on every bar", () => {
    const minutes = sampleRun({ days: 30, timeframe: "1m" });
    const { headline, backtestingPy } = computeStatistics(minutes);

    expect(minutes.equity.curve.length).toBeLessThan(minutes.equity.bars);
    expect(numberOf(backtestingPy["Max. Drawdown [%]"])).toBeCloseTo(-numberOf(headline.maxDrawdownPct), 12);
    expect(backtestingPy["Equity Peak [$]"].value).toBe(minutes.equity.peakEquity);
    expect(backtestingPy["Avg. Trade Duration"].value).toSatisfy((value: number) => value % 60_000 === 0);
  });
});

it("every definition says what it is, how it is computed and where it comes from", () => {
  const unsaid = GROUPS.flatMap((group) =>
    Object.entries(STATISTIC_DEFINITIONS[group])
      .filter(([, info]) => [info.description, info.formula, info.source, info.needs].some((text) => text.trim() === ""))
      .map(([key]) => `${group}.${key}`),
  );

  expect(unsaid).toEqual([]);
});

function withoutTrades(run: RunRecord): RunRecord {
  const recorder = new EquityRecorder({ startEquity: run.initialCapital, barMs: 3_600_000 });
  const { curve } = run.equity;
  for (let index = 0; index < curve.length; index += 1) {
    recorder.mark(curve.time[index] as number, run.initialCapital, curve.price[index] as number, false);
  }
  return { ...run, trades: [], equity: recorder.finish(), fees: 0, tradedValue: 0 };
}
