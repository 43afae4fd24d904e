import { computeStatistics, type Statistics } from "../analytics/statistics.ts";
import type { RunRecord } from "../analytics/run-record.ts";
import { openArchive } from "../archive/open.ts";
import { assert } from "../base/assert.ts";
import { systemClock } from "../base/clock.ts";
import { silentLogger, type Logger } from "../base/logger.ts";
import { systemScheduler } from "../base/scheduler.ts";
import { ConfigurationError } from "../base/errors.ts";
import { isExpertDefinition, type ExpertDefinition } from "../expert/define.ts";
import type { ExpertLog } from "../expert/expert.ts";
import type { RunOptions } from "../expert/options.ts";
import { resolveRunOptions } from "../expert/resolve.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";
import { requireLiveLimits } from "../expert/live-limits.ts";
import { archiveData } from "./data-source.ts";
import { archiveFolder, resolveHome } from "./home.ts";
import { startRun } from "./live.ts";
import type { MarketData } from "./market-data.ts";
import { memoryData, type MemoryBars } from "./memory-data.ts";
import { runBacktest } from "./run-backtest.ts";
import type { RunHandle, RunSummary } from "./run-status.ts";
import { simulatedData } from "./simulated-data.ts";

/** What `new MetaExpert` takes beside the definition: every option of a run, and where its market data comes from. */
export interface MetaExpertConfig extends RunOptions {
  /** `archive`: what was imported; `simulated`: the market simulator, made from `seed`; or bars in memory. @default archive */
  readonly data?: "archive" | "simulated" | readonly MemoryBars[];
  /** Folder of everything stored. @default METAEXPERT_HOME, else .metaexpert in the project */
  readonly home?: string;
  /** Where the expert's words go. @default nowhere */
  readonly log?: ExpertLog;
  /** Asked before a live run trades with money; false ends it. @default nobody is asked: a program has decided already */
  readonly confirm?: (summary: RunSummary) => Promise<boolean>;
}

/** A finished run. */
export interface RunResult {
  readonly record: RunRecord;
  readonly statistics: Statistics;
}

/**
 * An expert as part of a program: the definition, a configuration, and the execution of it.
 *
 * @example
 * const { statistics } = await new MetaExpert(definition, { data: "simulated", from: "2024-01-01", to: "2024-07-01" }).run();
 */
export class MetaExpert {
  readonly #definition: ExpertDefinition;
  readonly #config: MetaExpertConfig;
  readonly #run: ResolvedRunOptions;
  readonly #stop = new AbortController();
  #hasRun = false;

  constructor(definition: ExpertDefinition, config: MetaExpertConfig = {}) {
    if (!isExpertDefinition(definition)) throw new ConfigurationError("MetaExpert: the first argument is what defineExpert returns");
    const { data: _data, home: _home, log: _log, confirm: _confirm, ...options } = config;
    this.#definition = definition;
    this.#config = config;
    this.#run = resolveRunOptions(definition.options, options);
  }

  /** Every option of the run, defaults filled in. */
  get options(): ResolvedRunOptions {
    return this.#run;
  }

  /** Runs a backtest to the end of the data, or until `stop`. Once per instance. */
  async run(): Promise<RunResult> {
    if (this.#run.mode !== "backtest") {
      throw new ConfigurationError(`MetaExpert: run() is for backtests; call start() for mode "${this.#run.mode}"`);
    }
    assert(!this.#hasRun, "MetaExpert: run() is called once; make a new instance for another run");
    this.#hasRun = true;
    const { data = "archive", log } = this.#config;
    if (data === "simulated") return this.#execute(simulatedData(this.#run), log);
    if (typeof data !== "string") return this.#execute(memoryData(data, this.#run), log);
    const home = resolveHome({ home: this.#config.home, cwd: process.cwd(), env: process.env });
    await using archive = openArchive(archiveFolder(home));
    return await this.#execute(await archiveData(archive, this.#run, systemClock.now()), log);
  }

  /**
   * Starts a paper, live or sandbox run and gives a handle on it; resolves when it trades. Credentials come from the environment. Once
   * per instance.
   *
   * @example
   * const handle = await new MetaExpert(definition, { mode: "paper", exchange: "binance" }).start();
   * const outcome = await handle.done;
   */
  async start(): Promise<RunHandle> {
    const { mode } = this.#run;
    if (mode === "backtest")
      throw new ConfigurationError('MetaExpert: start() is for mode "paper", "live" and "sandbox"; call run() for a backtest');
    if (mode === "live") requireLiveLimits(this.#run);
    assert(!this.#hasRun, "MetaExpert: start() is called once; make a new instance for another run");
    this.#hasRun = true;
    const { confirm, log } = this.#config;
    return startRun({
      definition: this.#definition,
      run: this.#run,
      env: process.env,
      home: resolveHome({ home: this.#config.home, cwd: process.cwd(), env: process.env }),
      scheduler: systemScheduler,
      log: log === undefined ? silentLogger : loggerOf(log),
      signal: this.#stop.signal,
      ...(confirm === undefined ? {} : { confirm }),
    });
  }

  /** Ends the run after the event being handled. */
  stop(): void {
    this.#stop.abort();
  }

  async #execute(data: MarketData, log: ExpertLog | undefined): Promise<RunResult> {
    const record = await runBacktest({
      definition: this.#definition,
      run: this.#run,
      data,
      clock: systemClock,
      signal: this.#stop.signal,
      ...(log === undefined ? {} : { log: () => log }),
    });
    return { record, statistics: computeStatistics(record) };
  }
}

/** An expert's log as the logger of a whole run. */
function loggerOf(log: ExpertLog): Logger {
  const logger: Logger = {
    trace() {},
    debug: (message, fields) => log.debug(message, fields),
    info: (message, fields) => log.info(message, fields),
    trade: (message, fields) => log.trade(message, fields),
    warn: (message, fields) => log.warn(message, fields),
    error: (message, fields) => log.error(message, fields),
    fatal: (message, fields) => log.error(message, fields),
    child: () => logger,
  };
  return logger;
}
