import * as fs from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { JournalError } from "../../base/errors.ts";
import { lockOwner, tryLock } from "../../base/owner-lock.ts";
import { nodeDisk } from "../node-disk.ts";

const LOCK_FILE = ".lock";

/** A state folder that is this process's alone, until it is released or the process has ended. */
export interface FolderLock extends Disposable {
  release(): void;
}

/** Takes a state folder, which is made where it does not exist. Refused at once while another run has it; a dead run's is taken over. */
export function lockFolder(folder: string): FolderLock {
  nodeDisk.makeFolder(folder);
  const lock = join(folder, LOCK_FILE);
  // More than once: a lock that is given back, or taken from a dead process by another, in this very moment.
  if (![1, 2, 3].some(() => tryLock(fs, lock))) {
    const owner = lockOwner(fs, lock);
    const place = owner === undefined || owner.host === hostname() ? "" : ` on ${owner.host} (if it no longer runs there, delete ${lock})`;
    throw new JournalError(
      `${folder} is in use by ${owner === undefined ? "another process" : `process ${owner.pid}`}${place}: end that run, or give this one another state folder`,
    );
  }
  let isHeld = true;
  const release = (): void => {
    if (isHeld) fs.rmSync(lock, { force: true });
    isHeld = false;
  };
  return { release, [Symbol.dispose]: release };
}
