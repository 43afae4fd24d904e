import { assert } from "../../base/assert.ts";
import { JournalError } from "../../base/errors.ts";
import { hasCode, isSystemError } from "../../base/system-error.ts";
import type { Disk, DiskFile } from "../disk.ts";
import { DamagedJournalError } from "./damage.ts";
import { CHAIN_START, lineOf, nextHash } from "./line.ts";
import {
  FORMAT,
  openingOf,
  proveSegment,
  recordsOf,
  type JournalIdentity,
  type SegmentFacts,
  type SegmentHeader,
  type StoredRecord,
} from "./segment.ts";
import { inspectFolder, proveSeams, segmentPath, writeIndex, writeWhole, type FolderContent } from "./segment-folder.ts";

const SEGMENT_BYTES = 64 * 2 ** 20;
/** Text is gathered up to this many characters before it goes to the file by itself. */
const PENDING_MAX = 2 ** 20;

export interface RecordLogOptions {
  readonly disk: Disk;
  /** Made where it does not exist. The caller holds its lock. */
  readonly folder: string;
  /** Whose journal it is; a folder with another's is refused. */
  readonly identity: JournalIdentity;
  /** Bytes of records after which a new segment is due. @default 64 MiB */
  readonly segmentBytesMax?: number | undefined;
  /** How many segments stay, the one being written included. @default all */
  readonly keepSegments?: number | undefined;
}

/**
 * Opens the journal of a folder, or begins it. Everything that a restart needs is proven first; a journal that is damaged or someone
 * else's is refused and left as it is. An incomplete end, which nobody was ever told about, is cut off.
 */
export function openRecordLog(options: RecordLogOptions): RecordLog {
  const { disk, folder } = options;
  try {
    disk.makeFolder(folder);
    const content = inspectFolder(disk, folder);
    return content.segments.length === 0 ? begin(options, content) : resume(options, content);
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new JournalError(`the journal in ${folder} cannot be opened: ${cause.message}; ${adviceOn(cause)}`, { cause });
  }
}

/** Append-only records, each covered by the hash of all before it, in segment files. One writer. */
export class RecordLog {
  readonly #options: RecordLogOptions;
  #file: DiskFile;
  #segment: number;
  #oldest: number;
  #openingBytes: number;
  #length: number;
  #hash: string;
  #lineHash: string;
  #pending: string[] = [];
  #pendingLength = 0;
  #isSynced = true;
  #failure: JournalError | undefined;
  /** What was cut off at the end when the journal was opened, as a sentence; undefined when nothing was. */
  readonly dropped: string | undefined;

  constructor(options: RecordLogOptions, file: DiskFile, oldest: number, facts: SegmentFacts, dropped: string | undefined) {
    this.#options = options;
    this.#file = file;
    this.#oldest = oldest;
    this.#segment = facts.header.segment;
    this.#openingBytes = facts.openingBytes;
    this.#length = facts.last;
    this.#hash = facts.hash;
    this.#lineHash = facts.lineHash;
    this.dropped = dropped;
  }

  /** Number of records so far; repeats do not count. */
  get length(): number {
    return this.#length;
  }

  /** SHA-256 over all records so far; where segments begin makes no difference to it. */
  get hash(): string {
    return this.#hash;
  }

  /** Whether the segment has its size and a new one is due. */
  get isFull(): boolean {
    return this.#file.size - this.#openingBytes + this.#pendingLength >= (this.#options.segmentBytesMax ?? SEGMENT_BYTES);
  }

  /** Why nothing can be written any more; the same error is thrown by every later call. */
  get failure(): JournalError | undefined {
    return this.#failure;
  }

  /** Everything kept since the newest segment was begun: first what it repeats, then the records. */
  records(): Iterable<StoredRecord> {
    this.flush();
    const path = this.#path;
    return recordsOf(this.#options.disk.read(path), path);
  }

  /** Adds a record, a text without line ends. It reaches the file with the next flush. */
  append(json: string): void {
    this.#assertUsable();
    assert(!json.includes("\n"), "a record is one line");
    this.#hash = nextHash(this.#hash, json);
    this.#lineHash = this.#hash;
    this.#length += 1;
    this.#pending.push(lineOf(this.#hash, json));
    this.#pendingLength += json.length;
    if (this.#pendingLength > PENDING_MAX) this.flush();
  }

  /** Returns when everything appended survives the death of the process. */
  flush(): void {
    this.#assertUsable();
    if (this.#pending.length === 0) return;
    const bytes = Buffer.from(this.#pending.join(""));
    this.#pending = [];
    this.#pendingLength = 0;
    this.#isSynced = false;
    this.#attempt(() => this.#file.append(bytes));
  }

  /** Returns when everything appended survives a power cut. */
  sync(): void {
    this.flush();
    if (this.#isSynced) return;
    this.#attempt(() => this.#file.sync());
    this.#isSynced = true;
  }

  /** Goes on in a new segment that begins with `repeats`: all that a restart needs of the segments before. */
  rotate(repeats: readonly string[]): void {
    this.sync();
    const { disk, folder } = this.#options;
    const segment = this.#segment + 1;
    const previous = { bytes: this.#file.size, hash: this.#lineHash };
    const header = headerFor(this.#options, segment, { first: this.#length + 1, chain: this.#hash, repeats: repeats.length, previous });
    const opening = openingOf(header, repeats);
    this.#attempt(() => {
      this.#file.close();
      writeWhole(disk, folder, segmentPath(folder, segment), opening.text);
      this.#segment = segment;
      this.#lineHash = opening.hash;
      this.#file = disk.openAppend(this.#path);
      this.#openingBytes = this.#file.size;
      this.#retire();
    });
  }

  /** Writes down what is pending and ends; harmless after a failure. */
  close(): void {
    try {
      if (this.#failure === undefined) this.sync();
    } finally {
      this.#failure ??= new JournalError(`the journal in ${this.#options.folder} has been closed`);
      this.#file.close();
    }
  }

  get #path(): string {
    return segmentPath(this.#options.folder, this.#segment);
  }

  /** The index goes first: a segment that it no longer names is not missed when the removal is cut short. */
  #retire(): void {
    const { disk, folder, keepSegments = Infinity } = this.#options;
    const first = this.#oldest;
    this.#oldest = Math.max(first, this.#segment - keepSegments + 1);
    writeIndex(disk, folder, this.#oldest, this.#segment);
    for (let segment = first; segment < this.#oldest; segment += 1) disk.remove(segmentPath(folder, segment));
  }

  #assertUsable(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** After an error of the disk nobody knows what the file holds: writing on could leave a hole. */
  #attempt(work: () => void): void {
    try {
      work();
    } catch (cause) {
      if (!isSystemError(cause)) throw cause;
      const message = `the journal ${this.#path} cannot be written: ${cause.message}; ${adviceOn(cause)}, then start again. Nothing acknowledged is lost`;
      this.#failure = new JournalError(message, { cause });
      throw this.#failure;
    }
  }
}

function begin(options: RecordLogOptions, content: FolderContent): RecordLog {
  const { disk, folder } = options;
  for (const path of content.leftovers) disk.remove(path);
  const header = headerFor(options, 1, { first: 1, chain: CHAIN_START, repeats: 0, previous: null });
  const { text, hash } = openingOf(header, []);
  const path = segmentPath(folder, 1);
  writeWhole(disk, folder, path, text);
  writeIndex(disk, folder, 1, 1);
  const file = disk.openAppend(path);
  const facts = { header, last: 0, hash: CHAIN_START, lineHash: hash, openingBytes: file.size, bytes: file.size, tail: 0, unended: 0 };
  return new RecordLog(options, file, 1, facts, undefined);
}

function resume(options: RecordLogOptions, { segments, leftovers, isIndexStale }: FolderContent): RecordLog {
  const { disk, folder } = options;
  const newest = segments.at(-1) as number;
  const oldest = segments[0] as number;
  const path = segmentPath(folder, newest);
  const found = proveSegment(disk.read(path), path);
  proveSeams(disk, folder, segments);
  refuseOther(options, found.header, path);

  const { facts, dropped } = mendEnd(disk, path, found);
  for (const leftover of leftovers) disk.remove(leftover);
  if (isIndexStale) writeIndex(disk, folder, oldest, newest);
  const file = disk.openAppend(path);
  if (file.size !== facts.bytes) throw new DamagedJournalError(path, 0, "it changes while it is read: another program writes to it");
  // What was read may so far be in the system's memory only, and from now on it is built upon.
  file.sync();
  return new RecordLog(options, file, oldest, facts, dropped);
}

/** Puts the end of a file right that a power cut has left in the midst of a write. */
function mendEnd(disk: Disk, path: string, facts: SegmentFacts): { readonly facts: SegmentFacts; readonly dropped: string | undefined } {
  const { bytes, tail, unended } = facts;
  if (tail === 0) return { facts, dropped: undefined };
  if (unended === 0) {
    disk.truncate(path, bytes);
    return { facts, dropped: `${path}: an incomplete record of ${tail} bytes at the end was dropped` };
  }
  if (tail > unended) disk.truncate(path, bytes + unended);
  const file = disk.openAppend(path);
  file.append(Buffer.from("\n"));
  file.close();
  return { facts: proveSegment(disk.read(path), path), dropped: `${path}: the last record lacked its line end, which was mended` };
}

function refuseOther({ identity }: RecordLogOptions, header: SegmentHeader, path: string): void {
  const names = new Set([...Object.keys(identity), ...Object.keys(header.identity)]);
  for (const name of names) {
    const [theirs, ours] = [header.identity[name], identity[name]];
    if (theirs === ours) continue;
    throw new JournalError(
      `${path} was written with ${name} "${theirs ?? ""}", and this run has "${ours ?? ""}": give this run another state folder, or move this one away`,
    );
  }
}

function headerFor(
  { identity }: RecordLogOptions,
  segment: number,
  { first, chain, repeats, previous }: Pick<SegmentHeader, "first" | "chain" | "repeats" | "previous">,
): SegmentHeader {
  return { k: "segment", format: FORMAT, segment, first, chain, repeats, previous, identity };
}

function adviceOn(cause: Error): string {
  if (hasCode(cause, "ENOSPC", "EDQUOT")) return "free some space on the disk";
  if (hasCode(cause, "EROFS", "EACCES", "EPERM")) return "make the folder writable for this user";
  return "check the disk";
}
