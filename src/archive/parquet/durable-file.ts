import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isRunning } from "../../base/owner-lock.ts";

/** Stands in a folder while somebody writes to it. */
export const LOCK_FILE = ".lock";

/** Ends every file that is not finished; one that a killed writer left is cleared by the next. */
export const TEMPORARY = ".partial";

/** Writes a file so that its name stands for all of its content or for what it held before: temporary file, fsync, rename. */
export async function writeDurably(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}${TEMPORARY}`);
  try {
    const file = await open(temporary, "wx");
    try {
      for (const part of parts) await file.writeFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
  await syncFolder(dirname(path));
}

/** Removes what killed writers left unfinished. Only for the holder of the folder's lock: nobody else's work is among it then. */
export async function clearTemporary(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(TEMPORARY)) continue;
    // Waiting writers make a file for an instant, named after their process, to offer themselves as the next holder.
    const waiting = /^\.lock\S*-(\d+)-/.exec(name);
    if (waiting === null || !isRunning(Number(waiting[1]))) await rm(join(folder, name), { force: true });
  }
}

/** Makes a folder and everything above it, and makes sure that a power cut cannot take the new names away. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let folder = path; folder.length >= dirname(first).length; folder = dirname(folder)) {
    await syncFolder(folder);
    if (folder === dirname(folder)) return;
  }
}

/** Forces names to disk. Windows cannot open a folder and needs no such call. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
