import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigurationError } from "../base/errors.ts";

/** Marks folders that are being written; the number of the writing process follows. */
const UNFINISHED = ".unfinished-";

/** By this file a folder is known to hold results. */
const MARK = "run.json";

/** Names and texts of a run's files, as `resultsFiles` lays them out. */
export type ResultsFiles = Readonly<Record<string, string>>;

/** Name of a run's folder: when it was made, then what was run. Sorted by name, the folders are sorted by time. */
export function resultsName(runId: string, madeAt: number): string {
  const moment = new Date(madeAt).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  return `${moment}-${runId}`;
}

/**
 * Writes all files into `folder` at once: whoever looks sees the whole folder or none of it, even when the process is killed. A folder
 * that holds earlier results is replaced; any other folder that is not empty is left alone and refused.
 */
export function writeResults(folder: string, files: ResultsFiles): void {
  refuseForeign(folder);
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  removeAbandoned(parent);
  const unfinished = freeName(join(parent, `${UNFINISHED}${process.pid}`));
  mkdirSync(unfinished);
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(unfinished, name), text);
    replaceFolder(folder, unfinished);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** A name that is not taken, made from the wanted one: two runs of one second do not share a folder. */
export function freeName(path: string): string {
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? path : `${path}-${count}`;
    if (!existsSync(candidate)) return candidate;
  }
}

/** Refuses a folder of somebody else's files, before the work is done that would be lost. */
export function refuseForeign(folder: string): void {
  const names = listed(folder);
  if (names.length === 0 || names.includes(MARK)) return;
  throw new ConfigurationError(`${folder} holds other files: give a folder that is new, empty or holds earlier results`);
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** A folder with content cannot be renamed over: the old one steps aside first and is removed last. */
function replaceFolder(folder: string, unfinished: string): void {
  if (!existsSync(folder)) return renameSync(unfinished, folder);
  const old = freeName(join(dirname(folder), `${UNFINISHED}${process.pid}-old`));
  renameSync(folder, old);
  renameSync(unfinished, folder);
  rmSync(old, { recursive: true, force: true });
}

/** Removes what a killed process has left. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(UNFINISHED)) continue;
    const pid = Number.parseInt(name.slice(UNFINISHED.length), 10);
    if (pid !== process.pid && !isRunning(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
