import { computeStatistics, type Statistics } from "../analytics/statistics.ts";
import type { RunRecord } from "../analytics/run-record.ts";
import { openArchive } from "../archive/open.ts";
import { assert } from "../base/assert.ts";
import { systemClock } from "../base/clock.ts";
import { ConfigurationError } from "../base/errors.ts";
import { isExpertDefinition, type ExpertDefinition } from "../expert/define.ts";
import type { ExpertLog } from "../expert/expert.ts";
import type { RunOptions } from "../expert/options.ts";
import { resolveRunOptions } from "../expert/resolve.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";
import { archiveData } from "./data-source.ts";
import { archiveFolder, resolveHome } from "./home.ts";
import type { MarketData } from "./market-data.ts";
import { memoryData, type MemoryBars } from "./memory-data.ts";
import { runBacktest } from "./run-backtest.ts";
import { simulatedData } from "./simulated-data.ts";

/** What `new MetaExpert` takes beside the definition: every option of a run, and where its market data comes from. */
export interface MetaExpertConfig extends RunOptions {
  /** `archive`: what was imported; `simulated`: the market simulator, made from `seed`; or bars in memory. @default archive */
  readonly data?: "archive" | "simulated" | readonly MemoryBars[];
  /** Folder of everything stored. @default METAEXPERT_HOME, else .metaexpert in the project */
  readonly home?: string;
  /** Where the expert's words go. @default nowhere */
  readonly log?: ExpertLog;
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
    const { data: _data, home: _home, log: _log, ...options } = config;
    this.#definition = definition;
    this.#config = config;
    this.#run = resolveRunOptions(definition.options, options);
  }

  /** Every option of the run, defaults filled in. */
  get options(): ResolvedRunOptions {
    return this.#run;
  }

  /** Runs to the end of the data, or until `stop`. Once per instance. */
  async run(): Promise<RunResult> {
    assert(!this.#hasRun, "MetaExpert: run() is called once; make a new instance for another run");
    this.#hasRun = true;
    const { data = "archive", log } = this.#config;
    if (data === "simulated") return this.#execute(simulatedData(this.#run), log);
    if (typeof data !== "string") return this.#execute(memoryData(data, this.#run), log);
    const home = resolveHome({ home: this.#config.home, cwd: process.cwd(), env: process.env });
    await using archive = openArchive(archiveFolder(home));
    return await this.#execute(await archiveData(archive, this.#run, systemClock.now()), log);
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
