import { dirname } from "node:path";
import type { Disk, DiskFile } from "../../src/operations/disk.ts";
import { Killed, type Fate } from "./fate.ts";

/** What a file was known to hold: by the system when a write had returned, by the disk itself when a sync had. */
export interface Acknowledged {
  written: number;
  synced: number;
  /** Whether its name is sure to be there after a power cut. */
  isNamed: boolean;
}

/** A process's way to the disk: every operation is a point at which it may be killed, and what was acknowledged is remembered. */
export class MortalDisk implements Disk {
  readonly #disk: Disk;
  readonly #fate: Fate;
  /** By path, of files that were appended to. */
  readonly acknowledged = new Map<string, Acknowledged>();

  constructor(disk: Disk, fate: Fate) {
    this.#disk = disk;
    this.#fate = fate;
  }

  list(folder: string): readonly string[] {
    return this.#alive().list(folder);
  }

  exists(path: string): boolean {
    return this.#alive().exists(path);
  }

  size(path: string): number {
    return this.#alive().size(path);
  }

  read(path: string, start?: number, end?: number): Uint8Array {
    return this.#alive().read(path, start, end);
  }

  openAppend(path: string): DiskFile {
    const disk = this.#alive();
    const isNamed = disk.exists(path);
    const file = disk.exists(path) ? disk.openAppend(path) : this.#fate.pass("create", () => disk.openAppend(path));
    const known: Acknowledged = this.acknowledged.get(path) ?? { written: file.size, synced: 0, isNamed };
    this.acknowledged.set(path, known);
    return {
      get size() {
        return file.size;
      },
      append: (bytes) => {
        // A part that ends in the middle of a line, and one that ends between two: both happen.
        const part = (): void => file.append(bytes.subarray(0, cutOf(bytes)));
        this.#fate.pass("append", () => file.append(bytes), part);
        known.written = file.size;
      },
      sync: () => {
        this.#fate.pass("sync", () => file.sync());
        known.synced = file.size;
      },
      close: () => file.close(),
    };
  }

  truncate(path: string, size: number): void {
    this.#fate.pass("truncate", () => this.#disk.truncate(path, size));
  }

  rename(from: string, to: string): void {
    this.#fate.pass("rename", () => this.#disk.rename(from, to));
    const known = this.acknowledged.get(from);
    this.acknowledged.delete(from);
    if (known !== undefined) this.acknowledged.set(to, { ...known, isNamed: false });
  }

  remove(path: string): void {
    this.#fate.pass("remove", () => this.#disk.remove(path));
    this.acknowledged.delete(path);
  }

  makeFolder(path: string): void {
    this.#fate.pass("makeFolder", () => this.#disk.makeFolder(path));
  }

  syncFolder(path: string): void {
    this.#fate.pass("syncFolder", () => this.#disk.syncFolder(path));
    for (const [file, known] of this.acknowledged) if (dirname(file) === path) known.isNamed = true;
  }

  #alive(): Disk {
    if (this.#fate.isDead) throw new Killed();
    return this.#disk;
  }
}

/** After the first of several lines, otherwise in the middle. */
function cutOf(bytes: Uint8Array): number {
  const lineEnd = bytes.indexOf(10) + 1;
  return lineEnd > 0 && lineEnd < bytes.length ? lineEnd : bytes.length >> 1;
}
