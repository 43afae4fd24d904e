import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigurationError } from "../base/errors.ts";

/** Marks folders that are being written; the number of the writing process follows. */
const UNFINISHED = ".unfinished-";

/**
 * Writes files into a folder at once: whoever looks sees the whole folder or the state before, even when the process is killed.
 * A folder that is there is replaced with everything in it: ask before.
 */
export function writeFolder(folder: string, files: Readonly<Record<string, string>>): void {
  const parent = dirname(folder);
  makeFolders(parent);
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

/** Refuses a place that cannot be written to, before the work is done that would be lost. */
export function refuseUnwritable(folder: string): void {
  accessSync(nearestExisting(folder), constants.W_OK);
}

/** The path itself, or the nearest folder above it that is there. */
export function nearestExisting(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : nearestExisting(dirname(path));
}

/** A name that is not taken, made from the wanted one. */
export function freeName(path: string): string {
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? path : `${path}-${count}`;
    if (!existsSync(candidate)) return candidate;
  }
}

/** Refuses a folder that holds anything, unless one of the names shows that it is ours to replace. */
export function refuseOccupied(folder: string, mark?: string): void {
  const names = listed(folder);
  if (names.length === 0 || (mark !== undefined && names.includes(mark))) return;
  const remedy = mark === undefined ? "choose another name" : "choose a folder that is new, empty or holds earlier results";
  throw new ConfigurationError(`the folder ${folder} is there already and not empty: ${remedy}`);
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    if (hasCode(error, "ENOTDIR")) throw new ConfigurationError(`${folder} is a file: choose another name`, { cause: error });
    throw error;
  }
}

/** Node's own way of making folders on the way never returns where the system denies that the parent exists, as below /proc. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
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
  if (!(pid > 0)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
