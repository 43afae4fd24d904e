import type { RunRecord } from "../analytics/run-record.ts";
import type { Clock } from "../base/clock.ts";
import { ExpertError, MetaExpertError, MissingDataError } from "../base/errors.ts";
import type { ExpertDefinition } from "../expert/define.ts";
import type { ExpertLog } from "../expert/expert.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";
import { Backtest } from "./backtest.ts";
import { ChartRecorder } from "./chart-recorder.ts";
import type { MarketData } from "./market-data.ts";
import { ObservedFeed } from "./observed-feed.ts";
import { packageVersion } from "./package-version.ts";

/** A backtest from market data to a finished record. */
export interface BacktestJob {
  readonly definition: ExpertDefinition;
  readonly run: ResolvedRunOptions;
  readonly data: MarketData;
  /** For the timings of the record. */
  readonly clock: Clock;
  /** Where the definition came from. */
  readonly file?: string;
  readonly sourceHash?: string;
  /** Makes the log from a clock that tells the run's own time. */
  readonly log?: (now: () => number) => ExpertLog;
  /** Ends the run after the event being handled; the record then says so. */
  readonly signal?: AbortSignal;
  /** Called now and then with the share of the period that has passed. */
  readonly onProgress?: (share: number) => void;
}

/** Runs an expert over market data. What its own code throws comes as an `ExpertError`. */
export async function runBacktest(job: BacktestJob): Promise<RunRecord> {
  const { data, run, clock } = job;
  const started = clock.now();
  const { backtest, warmupMs } = setUp(job);
  backtest.tradeFrom(data.from);
  const stop = (): void => backtest.stop();
  if (job.signal?.aborted === true) stop();
  job.signal?.addEventListener("abort", stop, { once: true });

  const [first] = data.streams;
  const chart = first && new ChartRecorder({ fine: first.timeframe, wanted: run.timeframe, from: data.from, to: data.to });
  await using feed = new ObservedFeed(await data.open(warmupMs), (event) => {
    if (event.kind !== "bars") return;
    if (event.stream === 0) chart?.push(event.columns, event.from, event.to);
    job.onProgress?.(((event.columns.openTime[event.from] as number) - data.from) / (data.to - data.from));
  });
  const record = await backtest.run(feed, {
    ...(job.file === undefined ? {} : { file: job.file }),
    ...(job.sourceHash === undefined ? {} : { sourceHash: job.sourceHash }),
    dataHash: await data.hash(warmupMs),
    dataSource: data.source,
    versions: { metaexpert: packageVersion(), node: process.versions.node },
    warnings: data.warnings,
    from: data.from,
    to: data.to,
  });
  if (record.equity.bars === 0)
    throw new MissingDataError("there is not one bar in the period: choose --from and --to within the stored data");
  return { ...record, ...(chart === undefined ? {} : { chart: chart.finish() }), timings: { run: clock.now() - started } };
}

/** Both call the expert's code: its setup function, and the indicators that it tracks. */
function setUp({ definition, run, data, log }: BacktestJob): { readonly backtest: Backtest; readonly warmupMs: number } {
  let now = (): number => NaN;
  const { instruments, streams } = data;
  try {
    const backtest = new Backtest({ definition, run, instruments, streams, ...(log === undefined ? {} : { log: log(() => now()) }) });
    now = () => backtest.now;
    return { backtest, warmupMs: backtest.warmupMs };
  } catch (error) {
    if (error instanceof MetaExpertError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new ExpertError(`the expert's setup function threw: ${message}`, { cause: error });
  }
}
