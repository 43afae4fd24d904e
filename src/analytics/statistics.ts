import { backtestingPyFactsOfRun } from "./backtesting-py.ts";
import { breakDown } from "./breakdowns.ts";
import type { Breakdowns } from "./breakdowns.ts";
import { BACKTESTING_PY } from "./definitions/backtesting-py.ts";
import { FREQTRADE } from "./definitions/freqtrade.ts";
import { HEADLINE } from "./definitions/headline.ts";
import { JESSE } from "./definitions/jesse.ts";
import { LEAN } from "./definitions/lean.ts";
import { freqtradeFacts } from "./freqtrade.ts";
import { leanFacts } from "./lean.ts";
import { factsOf } from "./run-facts.ts";
import type { StatisticsOptions } from "./run-facts.ts";
import type { RunRecord } from "./run-record.ts";
import { evaluate } from "./statistic.ts";
import type { Statistic, StatisticDefinition, StatisticsOf } from "./statistic.ts";

/** All statistics of a run. `headline` is our own choice; the others are complete lists by each system's names and formulas. */
export interface Statistics {
  readonly headline: StatisticsOf<typeof HEADLINE>;
  readonly backtestingPy: StatisticsOf<typeof BACKTESTING_PY>;
  readonly freqtrade: StatisticsOf<typeof FREQTRADE>;
  readonly lean: StatisticsOf<typeof LEAN>;
  readonly jesse: StatisticsOf<typeof JESSE>;
  readonly tables: Breakdowns;
}

/** Name of a group of statistics. */
export type StatisticGroup = Exclude<keyof Statistics, "tables">;

/** What can be said about a statistic without its computation. */
export type StatisticInfo = Omit<StatisticDefinition<never>, "compute">;

/** The definitions behind every group, for reports and documentation. */
export const STATISTIC_DEFINITIONS: Readonly<Record<StatisticGroup, Readonly<Record<string, StatisticInfo>>>> = {
  headline: HEADLINE,
  backtestingPy: BACKTESTING_PY,
  freqtrade: FREQTRADE,
  lean: LEAN,
  jesse: JESSE,
};

/** The groups' names as a reader knows them. */
export const STATISTIC_GROUP_TITLES: Readonly<Record<StatisticGroup, string>> = {
  headline: "MetaExpert",
  backtestingPy: "backtesting.py",
  freqtrade: "freqtrade",
  lean: "LEAN",
  jesse: "Jesse",
};

/** Computes all statistics of a finished run. */
export function computeStatistics(record: RunRecord, options: StatisticsOptions = {}): Statistics {
  const facts = factsOf(record, options);
  return {
    headline: evaluate(HEADLINE, facts),
    backtestingPy: evaluate(BACKTESTING_PY, backtestingPyFactsOfRun(record, facts.riskFreeRate)),
    freqtrade: evaluate(FREQTRADE, freqtradeFacts(record)),
    lean: evaluate(LEAN, leanFacts(record, facts.riskFreeRate)),
    jesse: evaluate(JESSE, facts),
    tables: breakDown(record.trades, record.equity.startEquity),
  };
}

/** The statistics of a group with their definitions, in the order they are shown. */
export function listStatistics(
  statistics: Statistics,
  group: StatisticGroup,
): { readonly key: string; readonly info: StatisticInfo; readonly statistic: Statistic }[] {
  const values: Readonly<Record<string, Statistic>> = statistics[group];
  return Object.entries(STATISTIC_DEFINITIONS[group]).map(([key, info]) => ({
    key,
    info,
    statistic: values[key] ?? { value: undefined, reason: "was not computed" },
  }));
}
