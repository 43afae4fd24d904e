import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type { Disk, DiskFile } from "./disk.ts";

const OWNER_FILE = 0o600;
const OWNER_FOLDER = 0o700;

/** The machine's own disk. */
export const nodeDisk: Disk = {
  list: (folder) => (existsSync(folder) ? readdirSync(folder).toSorted() : []),
  exists: (path) => existsSync(path),
  size: (path) => statSync(path).size,
  read: readRange,
  openAppend: (path) => new NodeFile(path),
  truncate: (path, size) => truncateSync(path, size),
  rename: (from, to) => renameSync(from, to),
  remove: (path) => rmSync(path),
  makeFolder,
  syncFolder,
};

class NodeFile implements DiskFile {
  readonly #file: number;
  #size: number;
  #isClosed = false;

  constructor(path: string) {
    this.#file = openSync(path, "a", OWNER_FILE);
    this.#size = fstatSync(this.#file).size;
  }

  get size(): number {
    return this.#size;
  }

  append(bytes: Uint8Array): void {
    // The system may take a part of what it is given, as it does when the disk fills up; the next call then says why.
    for (let done = 0; done < bytes.length; ) {
      const written = writeSync(this.#file, bytes, done, bytes.length - done);
      done += written;
      this.#size += written;
    }
  }

  sync(): void {
    // The content and the length, without the time of the last change.
    fdatasyncSync(this.#file);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeSync(this.#file);
  }
}

function readRange(path: string, start = 0, end = Infinity): Uint8Array {
  const file = openSync(path, "r");
  try {
    const length = Math.max(0, Math.min(end, fstatSync(file).size) - start);
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const count = readSync(file, bytes, done, length - done, start + done);
      if (count === 0) break;
      done += count;
    }
    return bytes.subarray(0, done);
  } finally {
    closeSync(file);
  }
}

function makeFolder(path: string): void {
  const first = mkdirSync(path, { recursive: true, mode: OWNER_FOLDER });
  if (first === undefined) return;
  // From the new folder up to the one that was there before and has a new name in it.
  for (let folder = path; folder.length >= dirname(first).length; folder = dirname(folder)) {
    syncFolder(folder);
    if (folder === dirname(folder)) return;
  }
}

/** Windows cannot open a folder and needs no such call. */
function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
