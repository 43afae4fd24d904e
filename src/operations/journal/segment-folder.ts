import { join } from "node:path";
import type { Disk } from "../disk.ts";
import { DamagedJournalError } from "./damage.ts";
import { CHAIN_START, HASH_LENGTH, LineReader, lineOf, nextHash } from "./line.ts";
import { readHeader } from "./segment.ts";

/** Says which segments there have to be, so that a file that is gone is missed. */
const INDEX_FILE = "journal.index";
/** Ends files that are still being made; one found at the start was never part of the journal. */
const UNFINISHED = ".new";
const SEGMENT_NAME = /^journal-(\d{8})\.log$/;
/** A header is far shorter. */
const HEADER_BYTES_MAX = 65_536;
const NEWLINE = 10;

/** `journal.index`: {"k":"index","oldest":3,"newest":7} */
interface SegmentIndex {
  readonly k: "index";
  readonly oldest: number;
  readonly newest: number;
}

/** The segments of a journal as they lie in its folder. */
export interface FolderContent {
  /** Numbers that follow one another without a hole. */
  readonly segments: readonly number[];
  /** Paths of what a process that ended early has left: unfinished files, and segments that were to be removed. */
  readonly leftovers: readonly string[];
  /** Whether the index names other segments than there are, as after an end in the middle of a rotation. */
  readonly isIndexStale: boolean;
}

/** Path of a segment. */
export function segmentPath(folder: string, segment: number): string {
  return join(folder, `journal-${String(segment).padStart(8, "0")}.log`);
}

/** What is in the folder; refused when a segment is missing. Changes nothing. */
export function inspectFolder(disk: Disk, folder: string): FolderContent {
  const names = disk.list(folder);
  const leftovers = names.filter((name) => name.startsWith("journal") && name.endsWith(UNFINISHED)).map((name) => join(folder, name));
  const present = names.flatMap((name) => SEGMENT_NAME.exec(name)?.slice(1).map(Number) ?? []);
  const index = readIndex(disk, folder);
  const oldest = index?.oldest ?? present[0] ?? 1;
  const segments = present.filter((segment) => segment >= oldest);
  const newest = Math.max(index?.newest ?? 0, segments.at(-1) ?? 0);
  for (let segment = oldest; segment <= newest; segment += 1) {
    if (segments[segment - oldest] !== segment) throw new DamagedJournalError(segmentPath(folder, segment), 0, "the file is missing");
  }
  for (const segment of present) if (segment < oldest) leftovers.push(segmentPath(folder, segment));
  return { segments, leftovers, isIndexStale: segments.length > 0 && index?.newest !== newest };
}

/** Proves that each segment begins where the one before it ends, from first and last lines alone. */
export function proveSeams(disk: Disk, folder: string, segments: readonly number[]): void {
  for (const [at, segment] of segments.entries()) {
    const path = segmentPath(folder, segment);
    const header = readHeader(disk.read(path, 0, HEADER_BYTES_MAX), path);
    if (header.segment !== segment) throw new DamagedJournalError(path, 1, `this is segment ${header.segment} under another's name`);
    if (at === 0) continue;
    const before = segmentPath(folder, segment - 1);
    const { bytes, hash } = header.previous ?? { bytes: 0, hash: "" };
    if (disk.size(before) !== bytes) {
      throw new DamagedJournalError(before, 0, `it has ${disk.size(before)} bytes, and ${bytes} when the next segment was begun`);
    }
    if (lastHash(disk, before, bytes) !== hash)
      throw new DamagedJournalError(before, 0, "its last line is not the one that the next segment goes on from");
  }
}

/** Makes a file that stands under its name whole and for good, or not at all. */
export function writeWhole(disk: Disk, folder: string, path: string, text: string): void {
  const unfinished = path + UNFINISHED;
  if (disk.exists(unfinished)) disk.remove(unfinished);
  const file = disk.openAppend(unfinished);
  try {
    file.append(Buffer.from(text));
    file.sync();
  } finally {
    file.close();
  }
  disk.rename(unfinished, path);
  disk.syncFolder(folder);
}

/** Writes down which segments there are from now on. */
export function writeIndex(disk: Disk, folder: string, oldest: number, newest: number): void {
  const index: SegmentIndex = { k: "index", oldest, newest };
  const json = JSON.stringify(index);
  writeWhole(disk, folder, join(folder, INDEX_FILE), lineOf(nextHash(CHAIN_START, json), json));
}

/** Undefined in a folder that has none yet. */
function readIndex(disk: Disk, folder: string): SegmentIndex | undefined {
  const path = join(folder, INDEX_FILE);
  if (!disk.exists(path)) return undefined;
  const reader = new LineReader(disk.read(path));
  if (!reader.advance() || reader.prove(CHAIN_START) === undefined || reader.advance() || reader.tail(CHAIN_START).bytes > 0) {
    throw new DamagedJournalError(path, 1, "its content does not match its hash");
  }
  return JSON.parse(reader.json) as SegmentIndex;
}

/** The hash on the last line of a file, found from its end; empty where the line is not whole. */
function lastHash(disk: Disk, path: string, size: number): string {
  for (let span = 4_096; ; span *= 16) {
    const start = Math.max(0, size - span);
    const bytes = Buffer.from(disk.read(path, start, size));
    if (bytes.at(-1) !== NEWLINE) return "";
    const lineEnd = bytes.length > 1 ? bytes.lastIndexOf("\n", bytes.length - 2) : -1;
    if (lineEnd >= 0 || start === 0) return bytes.toString("latin1", lineEnd + 1, lineEnd + 1 + HASH_LENGTH);
  }
}
