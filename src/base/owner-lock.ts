import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { systemClock } from "./clock.ts";
import { hasCode } from "./system-error.ts";

/** Breaking a dead writer's lock takes microseconds; a breaker that has stood for this long is dead as well. */
const BREAKER_MS_MAX = 10_000;

/** The calls a lock needs, as Node's `fs` has them; the rooms that own files hand them in. */
export interface LockFileSystem {
  writeFileSync(path: string, text: string, options: { readonly flag: "wx"; readonly mode: number }): void;
  linkSync(from: string, to: string): void;
  readFileSync(path: string, encoding: "utf8"): string;
  rmSync(path: string, options: { readonly force: true }): void;
  statSync(path: string): { readonly mtimeMs: number };
}

/** Who holds a lock: enough to see whether that process still runs. */
export interface LockOwner {
  readonly host: string;
  readonly pid: number;
  /** When the process started, as the kernel counts it; tells a process from a later one with its number. Empty where unknown. */
  readonly started: string;
}

/**
 * Makes a lock file, if nobody holds it, among all threads and processes of the machine; false when somebody does. The lock of a process
 * that died is taken over. Another machine's is never taken for dead. Whoever got it removes the file when done.
 */
export function tryLock(files: LockFileSystem, lock: string): boolean {
  while (!tryCreate(files, lock)) if (!breakIfDead(files, lock)) return false;
  return true;
}

/** Who holds a lock; undefined when there is none, or it cannot be read. */
export function lockOwner(files: LockFileSystem, lock: string): LockOwner | undefined {
  const text = read(files, lock);
  return text === undefined ? undefined : parseOwner(text);
}

/** Whether a process of this machine has the number. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return !hasCode(cause, "ESRCH");
  }
}

/** The lock appears with its content in one step, so that nobody ever reads half an owner. */
function tryCreate(files: LockFileSystem, lock: string): boolean {
  const temporary = `${lock}-${process.pid}-${randomUUID()}.partial`;
  const owner: LockOwner = { host: hostname(), pid: process.pid, started: startOf(files, process.pid) };
  files.writeFileSync(temporary, JSON.stringify(owner), { flag: "wx", mode: 0o600 });
  try {
    files.linkSync(temporary, lock);
    return true;
  } catch (cause) {
    // ENOENT: a holder on another machine took the file for a dead process's and cleared it away.
    if (hasCode(cause, "EEXIST", "ENOENT")) return false;
    throw cause;
  } finally {
    files.rmSync(temporary, { force: true });
  }
}

/** True when the lock is gone, by us or by anybody. Only the holder of the breaker may delete another's lock. */
function breakIfDead(files: LockFileSystem, lock: string): boolean {
  if (!isDead(files, lock)) return false;
  const breaker = `${lock}-breaker`;
  if (!tryCreate(files, breaker)) {
    if (ageOf(files, breaker) > BREAKER_MS_MAX) files.rmSync(breaker, { force: true });
    return false;
  }
  try {
    // Looked at again: between the two looks another waiter may have broken the lock and a third one taken it.
    if (isDead(files, lock)) files.rmSync(lock, { force: true });
    return true;
  } finally {
    files.rmSync(breaker, { force: true });
  }
}

function ageOf(files: LockFileSystem, path: string): number {
  try {
    return systemClock.now() - files.statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function isDead(files: LockFileSystem, lock: string): boolean {
  const text = read(files, lock);
  if (text === undefined) return false;
  const owner = parseOwner(text);
  if (owner === undefined) return true;
  if (owner.host !== hostname()) return false;
  if (!isRunning(owner.pid)) return true;
  return owner.started !== "" && owner.started !== startOf(files, owner.pid);
}

function read(files: LockFileSystem, path: string): string | undefined {
  try {
    return files.readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function parseOwner(text: string): LockOwner | undefined {
  try {
    const owner = JSON.parse(text) as LockOwner;
    return Number.isInteger(owner.pid) ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** Field 22 of Linux' process status; other systems have no such file. */
function startOf(files: LockFileSystem, pid: number): string {
  if (process.platform !== "linux") return "";
  const status = read(files, `/proc/${pid}/stat`) ?? "";
  return status.slice(status.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
