import { dirname } from "node:path";
import { assert } from "../base/assert.ts";
import type { Random } from "../base/random.ts";
import type { Disk, DiskFile } from "../operations/disk.ts";

/** What a disk is asked to do that may be cut short. */
export type DiskOperation = "create" | "append" | "sync" | "truncate" | "rename" | "remove" | "makeFolder" | "syncFolder";

/** What the operating system says when it refuses. */
export type DiskErrorCode = "ENOSPC" | "EIO" | "EROFS" | "EACCES";

/** The process or the machine has ended in the middle of an operation; whoever catches it is not there any more. */
export class SimulatedCrash extends Error {
  override readonly name = "SimulatedCrash";
}

/** What a file holds, whatever names it has. */
interface Content {
  bytes: Uint8Array;
  size: number;
  /** Up to here it survives a power cut. */
  durable: number;
  /** What a power cut may bring back, after a cut of durable bytes that has not been synced. */
  beforeCut: Uint8Array | undefined;
  /** A sync has failed: the system takes the pages for written, and no later sync writes them. */
  isDoomed: boolean;
}

/** A change of names in a folder that a power cut may still undo. */
interface NameChange {
  readonly folder: string;
  readonly apply: (names: Map<string, Content>) => void;
}

/**
 * A disk in memory that behaves as badly as disks may. What has not been synced is lost, kept, torn at any byte or zero-filled by a power
 * cut; names count only after their folder was synced; it fills up, fails and lies when told to. One seed gives one history.
 */
export class SimDisk implements Disk {
  readonly #random: Random;
  #names = new Map<string, Content>();
  #durableNames = new Map<string, Content>();
  readonly #folders = new Set<string>(["/", "."]);
  #changes: NameChange[] = [];
  readonly #failures: { readonly operation: DiskOperation | "read"; readonly code: DiskErrorCode }[] = [];
  #points = 0;
  #crashPoint = Infinity;
  #isDown = false;
  /** Counts lives: a file opened in an earlier one is closed. */
  #life = 0;
  /** Syncs return and do nothing, as with a drive that keeps its cache to itself. */
  liesAboutSync = false;
  /** Bytes there is room for. */
  capacity = Infinity;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Operations so far: every append, sync, create, rename, remove, truncate has its number, counted from 1. */
  get points(): number {
    return this.#points;
  }

  /** Whether a crash has come and neither `powerCut` nor `kill` has started a new life. */
  get isDown(): boolean {
    return this.#isDown;
  }

  /** The operation with this number happens, or does not, or in part, and throws a `SimulatedCrash`; all later ones do. */
  crashAt(point: number): void {
    this.#crashPoint = point;
  }

  /** The next operation of a kind fails. A failed append may leave a part; after a failed sync nothing is sure. */
  failNext(operation: DiskOperation | "read", code: DiskErrorCode): void {
    this.#failures.push({ operation, code });
  }

  /** The machine loses power and comes back: only what was synced is sure to be there. */
  powerCut(): void {
    for (const change of this.#changes) if (this.#random.next() < 0.5) change.apply(this.#durableNames);
    this.#names = new Map(this.#durableNames);
    for (const content of new Set(this.#names.values())) this.#tear(content);
    this.#changes = [];
    this.#begin();
  }

  /** The process ends and is started again: everything written is there. */
  kill(): void {
    this.#begin();
  }

  /** Puts bytes in a file for good, as damage to the disk or somebody's hand would. */
  put(path: string, bytes: Uint8Array): void {
    const content = contentOf(bytes.slice());
    this.#names.set(path, content);
    this.#durableNames.set(path, content);
  }

  list(folder: string): readonly string[] {
    this.#assertUp();
    return [...this.#names.keys(), ...this.#folders]
      .filter((path) => dirname(path) === folder && path !== folder)
      .map((path) => path.slice(path.lastIndexOf("/") + 1))
      .toSorted();
  }

  exists(path: string): boolean {
    this.#assertUp();
    return this.#names.has(path) || this.#folders.has(path);
  }

  size(path: string): number {
    return this.#find(path, "stat").size;
  }

  read(path: string, start = 0, end = Infinity): Uint8Array {
    const content = this.#find(path, "read");
    this.#failIfAsked("read");
    return content.bytes.slice(start, Math.max(start, Math.min(end, content.size)));
  }

  openAppend(path: string): DiskFile {
    this.#assertUp();
    const known = this.#names.get(path);
    if (known !== undefined) return this.#open(known);
    if (!this.#folders.has(dirname(path))) throw systemError("ENOENT", "open");
    const content = contentOf(new Uint8Array(0));
    this.#perform("create", () => this.#rename(dirname(path), (names) => names.set(path, content)));
    return this.#open(content);
  }

  truncate(path: string, size: number): void {
    const content = this.#find(path, "truncate");
    assert(size <= content.size, "truncating makes a file shorter");
    this.#perform("truncate", () => {
      if (size < content.durable) content.beforeCut ??= content.bytes.slice(0, content.durable);
      content.size = size;
      content.durable = Math.min(content.durable, size);
    });
  }

  rename(from: string, to: string): void {
    const content = this.#find(from, "rename");
    assert(dirname(from) === dirname(to), "a file is renamed within its folder");
    this.#perform("rename", () =>
      this.#rename(dirname(from), (names) => {
        names.delete(from);
        names.set(to, content);
      }),
    );
  }

  remove(path: string): void {
    this.#find(path, "unlink");
    this.#perform("remove", () => this.#rename(dirname(path), (names) => names.delete(path)));
  }

  makeFolder(path: string): void {
    this.#perform("makeFolder", () => {
      for (let folder = path; !this.#folders.has(folder); folder = dirname(folder)) this.#folders.add(folder);
    });
  }

  syncFolder(path: string): void {
    this.#perform("syncFolder", () => {
      if (this.liesAboutSync) return;
      for (const change of this.#changes) if (change.folder === path) change.apply(this.#durableNames);
      this.#changes = this.#changes.filter(({ folder }) => folder !== path);
    });
  }

  #open(content: Content): DiskFile {
    const life = this.#life;
    let isClosed = false;
    const assertOpen = (): void => {
      this.#assertUp();
      assert(!isClosed && life === this.#life, "the file is open");
    };
    return {
      get size() {
        return content.size;
      },
      append: (bytes) => {
        assertOpen();
        this.#append(content, bytes);
      },
      sync: () => {
        assertOpen();
        this.#sync(content);
      },
      close: () => {
        isClosed = true;
      },
    };
  }

  #append(content: Content, bytes: Uint8Array): void {
    const part = (): void => extend(content, bytes.subarray(0, this.#random.integer(0, bytes.length)));
    const room = this.capacity - this.#used();
    if (room < bytes.length) {
      this.#points += 1;
      extend(content, bytes.subarray(0, Math.max(0, room)));
      throw systemError("ENOSPC", "write");
    }
    this.#perform("append", () => extend(content, bytes), part);
  }

  #sync(content: Content): void {
    const write = (): void => {
      if (this.liesAboutSync || content.isDoomed) return;
      content.durable = content.size;
      content.beforeCut = undefined;
    };
    try {
      this.#perform("sync", write);
    } catch (error) {
      // Whoever is cut short has been told nothing; only who is told of a failure has lost what was to be written.
      if (!(error instanceof SimulatedCrash)) content.isDoomed = true;
      throw error;
    }
  }

  #perform(operation: DiskOperation, whole: () => void, part?: () => void): void {
    this.#assertUp();
    this.#points += 1;
    if (this.#points >= this.#crashPoint) {
      const chance = this.#random.next();
      if (chance < 0.4) whole();
      else if (chance < 0.8) part?.();
      this.#isDown = true;
      throw new SimulatedCrash(`crash at operation ${this.#points}, ${operation}`);
    }
    try {
      this.#failIfAsked(operation);
    } catch (error) {
      part?.();
      throw error;
    }
    whole();
  }

  #failIfAsked(operation: DiskOperation | "read"): void {
    const at = this.#failures.findIndex((failure) => failure.operation === operation);
    const [failure] = at < 0 ? [] : this.#failures.splice(at, 1);
    if (failure !== undefined) throw systemError(failure.code, operation);
  }

  #rename(folder: string, apply: NameChange["apply"]): void {
    apply(this.#names);
    this.#changes.push({ folder, apply });
  }

  #find(path: string, call: string): Content {
    this.#assertUp();
    const content = this.#names.get(path);
    if (content === undefined) throw systemError("ENOENT", call);
    return content;
  }

  #used(): number {
    let bytes = 0;
    if (this.capacity < Infinity) for (const { size } of this.#names.values()) bytes += size;
    return bytes;
  }

  /** What a power cut makes of a file. */
  #tear(content: Content): void {
    const { beforeCut, durable, size } = content;
    if (beforeCut !== undefined && this.#random.next() < 0.5) {
      Object.assign(content, contentOf(beforeCut));
      return;
    }
    const fate = this.#random.next();
    const kept = fate < 0.25 ? durable : fate < 0.5 ? size : this.#random.integer(durable, size);
    const isZeroFilled = fate >= 0.8;
    const bytes = content.bytes.slice(0, isZeroFilled ? size : kept);
    bytes.fill(0, kept);
    Object.assign(content, contentOf(bytes));
  }

  #begin(): void {
    this.#isDown = false;
    this.#crashPoint = Infinity;
    this.#failures.length = 0;
    this.#life += 1;
  }

  #assertUp(): void {
    if (this.#isDown) throw new SimulatedCrash("the process is not there any more");
  }
}

/** A file whose content has long been on the disk. */
function contentOf(bytes: Uint8Array): Content {
  return { bytes, size: bytes.length, durable: bytes.length, beforeCut: undefined, isDoomed: false };
}

function extend(content: Content, bytes: Uint8Array): void {
  const size = content.size + bytes.length;
  if (size > content.bytes.length) {
    const larger = new Uint8Array(Math.max(1_024, 2 * size));
    larger.set(content.bytes.subarray(0, content.size));
    content.bytes = larger;
  }
  content.bytes.set(bytes, content.size);
  content.size = size;
}

function systemError(code: DiskErrorCode | "ENOENT", syscall: string): Error {
  return Object.assign(new Error(`${code}: simulated, ${syscall}`), { code, syscall });
}
