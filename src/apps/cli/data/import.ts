import { relative, resolve } from "node:path";
import { TIME_UNITS } from "../../../archive/import/csv/time.ts";
import { type FileReport, importFiles, type ImportReport } from "../../../archive/import/import.ts";
import type { ImportOptions } from "../../../archive/import/options.ts";
import { PRICE_TYPES } from "../../../archive/series-path.ts";
import { ConfigurationError } from "../../../base/errors.ts";
import { MARKETS } from "../../../domain/instrument.ts";
import { parseTimeframe } from "../../../domain/timeframe.ts";
import type { CliContext } from "../context.ts";
import { archiveOf } from "./series.ts";
import { countText, plural } from "./text.ts";

const KINDS = ["bars", "trades", "funding", "openInterest"] as const;

/** `metaexpert data import PATH…` */
export async function importCommand(
  paths: readonly string[],
  flags: Readonly<Record<string, string | boolean>>,
  context: CliContext,
): Promise<void> {
  const options = readOptions(flags);
  await using archive = archiveOf(context);
  const started = context.clock.now();
  const progress = context.progress("Importing", 1);
  const report = await importFiles(
    archive,
    paths.map((path) => resolve(context.cwd, path)),
    options,
    {
      signal: context.signal,
      onProgress: ({ files, total, title }) => progress.update(files / total, `${files} of ${total} ${relative(context.cwd, title)}`),
    },
  ).finally(() => progress.finish());

  const named = new Set(paths.map((path) => resolve(context.cwd, path)));
  const isRefused = report.files.some(({ status, title }) => status === "failed" || (status === "unrecognised" && named.has(title)));
  const isNothing = report.files.every(({ status }) => status !== "imported");
  if (isRefused || isNothing || report.left > 0) context.exitCode = 1;
  if (context.json) context.printJson(toJson(report, options));
  else print(report, options, { context, durationMs: context.clock.now() - started });
}

function readOptions(flags: Readonly<Record<string, string | boolean>>): ImportOptions {
  const text = (name: string): string | undefined => (typeof flags[name] === "string" ? flags[name] : undefined);
  const delimiter = text("delimiter")?.replace("\\t", "\t");
  if (delimiter !== undefined && (delimiter.length !== 1 || delimiter.charCodeAt(0) > 127)) {
    throw new ConfigurationError(`--delimiter is one character such as ";" (or \\t), not "${delimiter}"`);
  }
  const timeframe = text("timeframe");
  return dropUndefined({
    exchange: text("exchange")?.toLowerCase(),
    market: oneOf("--market", text("market"), MARKETS),
    symbol: text("symbol")?.toUpperCase(),
    timeframe: timeframe === undefined ? undefined : parseTimeframe(timeframe),
    kind: oneOf("--kind", text("kind"), KINDS),
    priceType: oneOf("--price-type", text("priceType"), PRICE_TYPES),
    columns: text("columns"),
    timeUnit: oneOf("--time-unit", text("timeUnit"), TIME_UNITS),
    timezone: text("timezone"),
    delimiter,
    dryRun: flags["dryRun"] === true,
  });
}

function oneOf<Value extends string>(flag: string, value: string | undefined, choices: readonly Value[]): Value | undefined {
  if (value === undefined) return undefined;
  const found = choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
  if (found === undefined) throw new ConfigurationError(`${flag}: "${value}" is none of ${choices.join(", ")}`);
  return found;
}

/** Options that are not given stay away, as the types ask for. */
function dropUndefined(options: { [Name in keyof ImportOptions]: ImportOptions[Name] | undefined }): ImportOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function print(
  report: ImportReport,
  { dryRun }: ImportOptions,
  { context, durationMs }: { context: CliContext; durationMs: number },
): void {
  for (const file of report.files) {
    const line = describe(file, context.cwd);
    if (line !== undefined && file.status === "failed") context.note(line);
    else if (line !== undefined) context.print(line);
  }
  for (const { series, rows, added, unchanged, replaced } of report.series) {
    const change = [
      added > 0 && added < rows ? `${countText(added)} new` : "",
      unchanged > 0 ? `${countText(unchanged)} already there` : "",
      replaced > 0 ? `${countText(replaced)} replaced` : "",
    ].filter(Boolean);
    context.print(`${series}: ${plural(rows, "row")}${change.length === 0 ? "" : ` (${change.join(", ")})`}`);
  }
  const count = (status: FileReport["status"]): number => report.files.filter((file) => file.status === status).length;
  const parts = [
    `${plural(count("imported"), "file")} ${dryRun === true ? "could be imported" : "imported"} into ${plural(report.series.length, "series")}`,
    report.instruments > 0 ? plural(report.instruments, "instrument") : "",
    count("skipped") > 0 ? `${countText(count("skipped"))} skipped` : "",
    count("unrecognised") > 0 ? `${countText(count("unrecognised"))} not recognised` : "",
    count("failed") > 0 ? `${countText(count("failed"))} refused` : "",
    report.left > 0 ? `stopped with ${plural(report.left, "file")} left` : "",
  ].filter(Boolean);
  context.print(`${parts.join(", ")}, ${(durationMs / 1_000).toFixed(1)} s.`);
}

function describe({ status, title, message = "" }: FileReport, cwd: string): string | undefined {
  const name = relative(cwd, title);
  const short = name.startsWith("..") ? title : name;
  if (status === "skipped") return `skipped ${short}: ${message}`;
  if (status === "unrecognised") return `not recognised ${short}: ${message}`;
  return status === "failed" ? `refused ${message}` : undefined;
}

function toJson(report: ImportReport, { dryRun }: ImportOptions): unknown {
  const count = (status: FileReport["status"]): number => report.files.filter((file) => file.status === status).length;
  const counts = { imported: count("imported"), skipped: count("skipped"), unrecognised: count("unrecognised"), failed: count("failed") };
  return {
    dryRun: dryRun === true,
    counts,
    left: report.left,
    instruments: report.instruments,
    series: report.series,
    files: report.files,
  };
}
