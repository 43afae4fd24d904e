import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadTearSheetAssets } from "../../analytics/tear-sheet/assets.ts";
import { renderTearSheet } from "../../analytics/tear-sheet/tear-sheet.ts";
import { toJson } from "../../analytics/report-json.ts";
import { resultsFiles, runIdOf } from "../../analytics/results-files.ts";
import type { RunRecord } from "../../analytics/run-record.ts";
import { computeStatistics, type Statistics } from "../../analytics/statistics.ts";
import { renderReport } from "../../analytics/terminal-report.ts";
import { openArchive } from "../../archive/open.ts";
import type { RunOptions } from "../../expert/options.ts";
import { archiveData } from "../../run/data-source.ts";
import { createExpertLog } from "../../run/expert-log.ts";
import { archiveFolder, resultsFolder } from "../../run/home.ts";
import { loadConfig } from "../../run/load-config.ts";
import { loadExpert, type LoadedExpert } from "../../run/load-expert.ts";
import { withPlace } from "../../run/place.ts";
import { newResultsFolder, refuseForeign, writeResults } from "../../run/results.ts";
import { refuseUnwritable } from "../../run/write-folder.ts";
import { runBacktest } from "../../run/run-backtest.ts";
import { simulatedData } from "../../run/simulated-data.ts";
import { absolutePath, shownPath } from "../../run/user-file.ts";
import { runOptionsOf, type BacktestFlags } from "./backtest-flags.ts";
import { inFlags, joinedRun } from "./run-options.ts";
import type { CliContext } from "./context.ts";
import { widthOf } from "./progress.ts";

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
  refuseUnwritable(out ?? context.home);

  const loaded = await loadExpert(path, context.cwd);
  const config = await loadConfig({ expertFile: loaded.file, cwd: context.cwd });
  const given = runOptionsOf(flags, loaded.definition.options.params);
  const finished = await execute(loaded, { config: config.options, given, flags, context }).catch((error: unknown) => {
    throw inFlags(error, given);
  });
  const statistics = computeStatistics(finished);
  const record = { ...finished, timings: { ...finished.timings, total: context.clock.now() - started } };
  context.print(renderReport(record, statistics, { width: Math.min(widthOf(context.stdout), 120), colour: context.color }).trimEnd());

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

/** What a run is made of besides its expert. */
interface Wishes {
  readonly config: RunOptions;
  /** What the command line says. */
  readonly given: RunOptions;
  readonly flags: BacktestFlags;
  readonly context: CliContext;
}

async function execute(loaded: LoadedExpert, { config, given, flags, context }: Wishes): Promise<RunRecord> {
  const run = joinedRun(loaded.definition, { mode: "backtest", config, given });
  await using archive = openArchive(archiveFolder(context.home));
  const data = flags.simulated === true ? simulatedData(run) : await archiveData(archive, run, context.clock.now());
  const progress = context.stderr.isTTY === true ? context.progress("Backtest", 1) : undefined;
  const write = (line: string): void => {
    progress?.clear();
    context.note(line);
  };
  const { definition, file, sourceHash } = loaded;
  try {
    return await runBacktest({
      definition,
      run,
      data,
      clock: context.clock,
      file: shownPath(file, context.cwd),
      sourceHash,
      log: (now) => createExpertLog({ level: run.logToConsole ? run.logLevel : "fatal", now, write }),
      ...(progress === undefined ? {} : { onProgress: (share: number) => progress.update(share) }),
    });
  } catch (error) {
    throw withPlace(error, file, context.cwd);
  } finally {
    progress?.finish();
  }
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
