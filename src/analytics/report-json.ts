import type { RunRecord } from "./run-record.ts";
import type { Breakdowns } from "./breakdowns.ts";
import type { Statistic } from "./statistic.ts";
import { STATISTIC_GROUP_TITLES } from "./statistics.ts";
import type { StatisticGroup, Statistics } from "./statistics.ts";

/** The result of a run for programs. Times are milliseconds since the epoch; what is not available is null, with its reason beside. */
export interface ReportJson {
  /** Grows when a field changes its meaning. */
  readonly formatVersion: 1;
  readonly expert: RunRecord["expert"];
  readonly run: RunDescription;
  readonly statistics: Readonly<Record<StatisticGroup, Readonly<Record<string, number | string | null>>>>;
  /** Why a statistic is null, by `group.key`. */
  readonly notAvailable: Readonly<Record<string, string>>;
  readonly tables: Breakdowns;
  readonly warnings: readonly string[];
}

/** What was run, on what, and the hashes that prove two runs equal. */
export interface RunDescription {
  readonly exchange: string;
  readonly market: string;
  readonly symbols: readonly string[];
  readonly timeframe: string;
  readonly from: number;
  readonly to: number;
  readonly currency: string;
  readonly initialCapital: number;
  readonly seed: number;
  readonly settings: RunRecord["settings"];
  readonly dataSource: string;
  readonly dataHash: string;
  readonly journalHash: string;
  readonly versions: RunRecord["versions"];
  readonly timings: RunRecord["timings"];
}

/** The result of a run as plain data for `JSON.stringify`. */
export function toJson(record: RunRecord, statistics: Statistics): ReportJson {
  const groups = Object.keys(STATISTIC_GROUP_TITLES) as StatisticGroup[];
  const entriesOf = (group: StatisticGroup): [string, Statistic][] => Object.entries(statistics[group]);
  const values = groups.map((group) => [group, Object.fromEntries(entriesOf(group).map(([key, { value }]) => [key, value ?? null]))]);
  const reasons = groups.flatMap((group) =>
    entriesOf(group).flatMap(([key, { reason }]) => (reason === undefined ? [] : [[`${group}.${key}`, reason] as const])),
  );
  return {
    formatVersion: 1,
    expert: record.expert,
    run: describeRun(record),
    statistics: Object.fromEntries(values) as ReportJson["statistics"],
    notAvailable: Object.fromEntries(reasons),
    tables: statistics.tables,
    warnings: record.warnings,
  };
}

/** What was run, without its results. */
export function describeRun(record: RunRecord): RunDescription {
  return {
    exchange: record.exchange,
    market: record.market,
    symbols: record.symbols,
    timeframe: record.timeframe,
    from: record.from,
    to: record.to,
    currency: record.currency,
    initialCapital: record.initialCapital,
    seed: record.seed,
    settings: record.settings,
    dataSource: record.dataSource,
    dataHash: record.dataHash,
    journalHash: record.journalHash,
    versions: record.versions,
    timings: record.timings,
  };
}
