import { loadTearSheetAssets } from "../../analytics/tear-sheet/assets.ts";
import { renderTearSheet } from "../../analytics/tear-sheet/tear-sheet.ts";
import { toJson } from "../../analytics/report-json.ts";
import { resultsFiles, runIdOf } from "../../analytics/results-files.ts";
import type { RunRecord } from "../../analytics/run-record.ts";
import { computeStatistics, type Statistics } from "../../analytics/statistics.ts";
import { renderReport } from "../../analytics/terminal-report.ts";
import { openArchive } from "../../archive/open.ts";
import { ConfigurationError, ExpertError, NotSupportedError } from "../../base/errors.ts";
import type { ExpertDefinition } from "../../expert/define.ts";
import type { RunOptions } from "../../expert/options.ts";
import { resolveRunOptions } from "../../expert/resolve.ts";
import type { ResolvedRunOptions } from "../../expert/resolved.ts";
import { checkRunOptions } from "../../expert/validate.ts";
import { archiveData } from "../../run/data-source.ts";
import { createExpertLog } from "../../run/expert-log.ts";
import { archiveFolder, resultsFolder } from "../../run/home.ts";
import { loadConfig } from "../../run/load-config.ts";
import { loadExpert, type LoadedExpert } from "../../run/load-expert.ts";
import { withPlace } from "../../run/place.ts";
import { newResultsFolder, refuseForeign, writeResults } from "../../run/results.ts";
import { runBacktest } from "../../run/run-backtest.ts";
import { simulatedData } from "../../run/simulated-data.ts";
import { absolutePath, shownPath } from "../../run/user-file.ts";
import { FLAG_OF_OPTION, runOptionsOf, type BacktestFlags } from "./backtest-flags.ts";
import type { CliContext } from "./context.ts";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What a backtest gave and where it lies. */
export interface BacktestOutcome {
  readonly record: RunRecord;
  readonly statistics: Statistics;
  /** Folder of the results. */
  readonly folder: string;
  /** The HTML report, when one was written. */
  readonly tearSheet: string | undefined;
}

/** `metaexpert backtest FILE` */
export async function backtestCommand(path: string, flags: BacktestFlags, context: CliContext): Promise<BacktestOutcome> {
  const started = context.clock.now();
  const out = flags.out === undefined ? undefined : absolutePath(flags.out, context.cwd);
  if (out !== undefined) refuseForeign(out);

  const loaded = await loadExpert(path, context.cwd);
  const config = await loadConfig({ expertFile: loaded.file, cwd: context.cwd });
  const run = resolveRun(loaded.definition, config.options, flags);
  const load = context.clock.now() - started;

  const finished = await execute(loaded, run, { flags, context });
  const statistics = computeStatistics(finished);
  const record = { ...finished, timings: { load, ...finished.timings, total: context.clock.now() - started } };
  context.print(renderReport(record, statistics, { width: Math.min(context.stdout.columns ?? 80, 120), colour: context.color }).trimEnd());

  const madeAt = context.clock.now();
  const folder = out ?? newResultsFolder(resultsFolder(context.home), { runId: runIdOf(record), madeAt });
  const tearSheet = flags.tearSheet === false ? undefined : renderTearSheet(record, statistics, readAssets());
  const command = ["metaexpert", ...commandWords(path, flags)];
  writeResults(folder, resultsFiles({ record, statistics, command, ...(tearSheet === undefined ? {} : { tearSheet }) }));

  const sheetFile = tearSheet === undefined ? undefined : join(folder, "tear-sheet.html");
  if (context.json) context.printJson({ ...toJson(record, statistics), results: folder, tearSheet: sheetFile ?? null });
  else context.print(sheetFile === undefined ? `\nResults: ${folder}` : `\nTear sheet: ${pathToFileURL(sheetFile).href}`);
  return { record, statistics, folder, tearSheet: sheetFile };
}

async function execute(
  loaded: LoadedExpert,
  run: ResolvedRunOptions,
  { flags, context }: { flags: BacktestFlags; context: CliContext },
): Promise<RunRecord> {
  await using archive = openArchive(archiveFolder(context.home));
  const data = flags.simulated === true ? simulatedData(run) : await archiveData(archive, run, context.clock.now());
  const progress = context.stderr.isTTY === true ? context.progress("Backtest", 1) : undefined;
  const { definition, file, sourceHash } = loaded;
  try {
    return await runBacktest({
      definition,
      run,
      data,
      clock: context.clock,
      file: shownPath(file, context.cwd),
      sourceHash,
      log: (now) => createExpertLog({ level: run.logToConsole ? run.logLevel : "fatal", now, write: (line) => context.note(line) }),
      ...(progress === undefined ? {} : { onProgress: (share: number) => progress.update(share) }),
    });
  } catch (error) {
    throw error instanceof ExpertError ? withPlace(error, file, context.cwd) : error;
  } finally {
    progress?.finish();
  }
}

/** The configuration's options with those of the command line over them. */
function resolveRun(definition: ExpertDefinition, config: RunOptions, flags: BacktestFlags): ResolvedRunOptions {
  const given = runOptionsOf(flags, definition.options.params);
  try {
    checkRunOptions({ ...marketOf(config), ...given });
    return resolveRunOptions(definition.options, joined(config, given));
  } catch (error) {
    throw inFlags(error, given);
  }
}

function marketOf({ marketType }: RunOptions): RunOptions {
  return marketType === undefined ? {} : { marketType };
}

function joined(config: RunOptions, given: RunOptions): RunOptions {
  const { symbol, symbols, ...rest } = config;
  const { marketType, contractType, marginMode, positionMode, ...general } = rest;
  const market = { marketType, contractType, marginMode, positionMode };
  // Another market makes the configured contract and margin meaningless, and a symbol replaces all configured ones.
  const kept = given.marketType === undefined || given.marketType === marketType ? market : {};
  const symbolOptions = given.symbols === undefined ? { symbol, symbols } : {};
  const all = {
    ...general,
    ...kept,
    ...symbolOptions,
    ...given,
    params: { ...config.params, ...given.params },
    risk: { ...config.risk, ...given.risk },
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Names the flag instead of the option where the value came from the command line. */
function inFlags(error: unknown, given: RunOptions): unknown {
  if (!(error instanceof ConfigurationError)) return error;
  const [, option = ""] = /^([\w.]+): /.exec(error.message) ?? [];
  const flag = FLAG_OF_OPTION[option];
  const isGiven = option.startsWith("risk.") ? given.risk !== undefined : Object.hasOwn(given, option);
  if (flag === undefined || !isGiven) return error;
  const message = `${flag}${error.message.slice(option.length)}`;
  return error instanceof NotSupportedError
    ? new NotSupportedError(message, { cause: error })
    : new ConfigurationError(message, { cause: error });
}

function readAssets(): ReturnType<typeof loadTearSheetAssets> {
  return loadTearSheetAssets((file) => readFileSync(file, "utf8"));
}

/** The command line again, as the results keep it. */
function commandWords(path: string, flags: BacktestFlags): string[] {
  const words = Object.entries(flags).flatMap(([name, value]: [string, unknown]) => {
    const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (name === "tearSheet") return value === false ? ["--no-tear-sheet"] : [];
    if (Array.isArray(value)) return value.flatMap((part) => [flag, String(part)]);
    return value === true ? [flag] : [flag, String(value)];
  });
  return ["backtest", path, ...words];
}
