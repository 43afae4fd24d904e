import * as fs from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { sleep, systemClock } from "../../base/clock.ts";
import { DataError } from "../../base/errors.ts";
import { tryLock } from "../../base/owner-lock.ts";
import { LOCK_FILE } from "./durable-file.ts";

const RETRY_MS = 15;
const WAIT_MS_MAX = 120_000;

/**
 * Runs `work` while this is the only writer of `folder`, among all threads and processes of the machine.
 * The lock of a process that died is taken over at once. A lock of another machine is waited for.
 */
export async function withLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const lock = join(folder, LOCK_FILE);
  const deadline = systemClock.now() + WAIT_MS_MAX;
  while (!tryLock(fs, lock)) {
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
