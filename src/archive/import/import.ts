import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ConfigurationError, DataError, MetaExpertError } from "../../base/errors.ts";
import type { Archive } from "../archive.ts";
import { seriesName } from "../series-path.ts";
import { hasCode, reasonOf } from "../../base/system-error.ts";
import type { ImportOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { readSource } from "./recognise.ts";
import { openSources, type Source } from "./source.ts";
import { type SeriesReport, SeriesPool } from "./series-pool.ts";

/** What became of one content. */
export interface FileReport {
  readonly title: string;
  readonly status: "imported" | "skipped" | "unrecognised" | "failed";
  readonly rows: number;
  readonly series: readonly string[];
  /** What it is instead of market data, why it is not known, or the error in one sentence. */
  readonly message?: string;
}

/** What an import did. */
export interface ImportReport {
  readonly files: readonly FileReport[];
  readonly series: readonly SeriesReport[];
  /** Instruments that a source described. */
  readonly instruments: number;
  /** Files that were not looked at any more because the import was stopped. */
  readonly left: number;
}

/** How a long import is watched and stopped. */
export interface ImportWatch {
  /** Called after each file: for a progress bar. */
  readonly onProgress?: (done: { readonly files: number; readonly total: number; readonly title: string }) => void;
  /** Once it is aborted no further file is read; what was read is stored. */
  readonly signal?: AbortSignal;
}

/** Files that are read from disk and unpacked while another one is being parsed. */
const FILES_AHEAD = 4;

/**
 * Imports files and folders. A file that cannot be believed is reported and leaves no trace; the others go on.
 * Rows are gathered per series so that each stored file is written once.
 */
export async function importFiles(
  archive: Archive,
  paths: readonly string[],
  options: ImportOptions = {},
  { onProgress, signal }: ImportWatch = {},
): Promise<ImportReport> {
  const files = await findFiles(paths);
  const pool = new SeriesPool(archive, options.dryRun === true);
  const reports: FileReport[] = [];
  let done = 0;
  for await (const { file, sources } of openAhead(files)) {
    if (signal?.aborted === true) break;
    for (const report of await readFile(file, sources, { options, pool })) reports.push(report);
    await pool.flushIfLarge();
    done += 1;
    onProgress?.({ files: done, total: files.length, title: file });
  }
  return { files: reports, ...(await pool.finish()), left: files.length - done };
}

/** A file's contents stand or fall together: a zip with one bad csv stores nothing. */
async function readFile(
  file: string,
  opened: Promise<readonly Source[]>,
  { options, pool }: { options: ImportOptions; pool: SeriesPool },
): Promise<readonly FileReport[]> {
  try {
    const sources = await opened;
    if (sources.length === 0) return [{ title: file, status: "unrecognised", rows: 0, series: [], message: "it holds no files" }];
    const outcomes: { source: Source; outcome: Outcome }[] = [];
    for (const source of sources) outcomes.push({ source, outcome: await readSource(source, options) });
    return outcomes.map(({ source, outcome }) => report(source.title, outcome, pool));
  } catch (cause) {
    if (!(cause instanceof MetaExpertError) || cause instanceof ConfigurationError) throw cause;
    return [{ title: file, status: "failed", rows: 0, series: [], message: cause.message }];
  }
}

function report(title: string, outcome: Outcome, pool: SeriesPool): FileReport {
  if (outcome.status === "skipped") return { title, status: "skipped", rows: 0, series: [], message: outcome.what };
  if (outcome.status === "unrecognised") return { title, status: "unrecognised", rows: 0, series: [], message: outcome.why };
  const { parts } = outcome;
  for (const part of parts) pool.add(part);
  return {
    title,
    status: "imported",
    rows: parts.reduce((sum, part) => sum + (part.kind === "instruments" ? part.instruments.length : part.columns.length), 0),
    series: parts.flatMap((part) => (part.kind === "instruments" ? [] : [seriesName(part.key)])),
  };
}

/** Opens the next files while the caller works on this one. */
async function* openAhead(files: readonly string[]): AsyncGenerator<{ file: string; sources: Promise<readonly Source[]> }> {
  const ahead: Promise<readonly Source[]>[] = [];
  let next = 0;
  for (const file of files) {
    for (; next < files.length && ahead.length < FILES_AHEAD; next += 1) {
      const sources = openSources(files[next] as string);
      // The error is thrown where the file's turn comes; until then it is not an unhandled one.
      sources.catch(() => {});
      ahead.push(sources);
    }
    yield { file, sources: ahead.shift() as Promise<readonly Source[]> };
  }
}

/** All files below the given paths, in the order of their names. Hidden ones are left out. */
async function findFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const root = resolve(path);
    const about = await stat(root).catch((cause: unknown) => {
      const reason = hasCode(cause, "ENOENT") ? "there is no such file or folder" : reasonOf(cause);
      throw new DataError(`${path} cannot be imported: ${reason}`, { cause });
    });
    if (!about.isDirectory()) found.add(root);
    else for (const file of await filesBelow(root)) found.add(file);
  }
  return [...found];
}

async function filesBelow(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.filter((file) => !/(^|[/\\])\.[^/\\]/.test(file.slice(root.length))).toSorted();
}
