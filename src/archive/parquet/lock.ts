import { randomUUID } from "node:crypto";
import { link, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { sleep, systemClock } from "../../base/clock.ts";
import { DataError } from "../../base/errors.ts";
import { hasCode } from "../system-error.ts";
import { isRunning, LOCK_FILE, TEMPORARY } from "./durable-file.ts";

const RETRY_MS = 15;
const WAIT_MS_MAX = 120_000;
/** Breaking a dead writer's lock takes microseconds; a breaker that has stood for this long is dead as well. */
const BREAKER_MS_MAX = 10_000;

const BREAKER_FILE = ".lock-breaker";

/** Who holds a lock: enough to see whether that process still runs. */
interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the process started, as the kernel counts it; tells a process from a later one with its number. Empty where unknown. */
  readonly started: string;
}

/**
 * Runs `work` while this is the only writer of `folder`, among all threads and processes of the machine.
 * The lock of a process that died is taken over at once. A lock of another machine is waited for.
 */
export async function withLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const lock = join(folder, LOCK_FILE);
  const deadline = systemClock.now() + WAIT_MS_MAX;
  while (!(await tryCreate(lock))) {
    if (await breakIfDead(folder, lock)) continue;
    if (systemClock.now() > deadline) {
      throw new DataError(`${lock} has been held by another program for two minutes: end that program, or delete the file if none runs`);
    }
    await sleep(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** The lock appears with its content in one step, so that nobody ever reads half an owner. */
async function tryCreate(lock: string): Promise<boolean> {
  const temporary = `${lock}-${process.pid}-${randomUUID()}${TEMPORARY}`;
  const owner: Owner = { host: hostname(), pid: process.pid, started: await startOf(process.pid) };
  await writeFile(temporary, JSON.stringify(owner), { flag: "wx" });
  try {
    await link(temporary, lock);
    return true;
  } catch (cause) {
    // ENOENT: a holder on another machine took the file for a dead process's and cleared it away.
    if (hasCode(cause, "EEXIST", "ENOENT")) return false;
    throw cause;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** True when the lock is gone, by us or by anybody. Only the holder of the breaker may delete another's lock. */
async function breakIfDead(folder: string, lock: string): Promise<boolean> {
  if (!(await isDead(lock))) return false;
  const breaker = join(folder, BREAKER_FILE);
  if (!(await tryCreate(breaker))) {
    const age = await stat(breaker).then(
      ({ mtimeMs }) => systemClock.now() - mtimeMs,
      () => 0,
    );
    if (age > BREAKER_MS_MAX) await rm(breaker, { force: true });
    return false;
  }
  try {
    // Looked at again: between the two looks another waiter may have broken the lock and a third one taken it.
    if (await isDead(lock)) await rm(lock, { force: true });
    return true;
  } finally {
    await rm(breaker, { force: true });
  }
}

async function isDead(lock: string): Promise<boolean> {
  const text = await readFile(lock, "utf8").catch(() => undefined);
  if (text === undefined) return false;
  const owner = parseOwner(text);
  if (owner === undefined) return true;
  if (owner.host !== hostname()) return false;
  if (!isRunning(owner.pid)) return true;
  return owner.started !== "" && owner.started !== (await startOf(owner.pid));
}

function parseOwner(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Owner;
    return Number.isInteger(owner.pid) ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** Field 22 of Linux' process status; other systems have no such file. */
async function startOf(pid: number): Promise<string> {
  if (process.platform !== "linux") return "";
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return status.slice(status.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
