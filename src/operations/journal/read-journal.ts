import { JournalError } from "../../base/errors.ts";
import type { Disk } from "../disk.ts";
import { DamagedJournalError } from "./damage.ts";
import { decodeRecord, type JournalEntry } from "./journal-record.ts";
import { proveSegment, recordsOf, type JournalIdentity, type SegmentFacts, type StoredRecord } from "./segment.ts";
import { inspectFolder, segmentPath } from "./segment-folder.ts";

/** A record with its number, counted from 1 over the whole journal. */
export type NumberedEntry = JournalEntry & { readonly number: number };

/** What a look through a whole journal has found. */
export interface JournalVerdict {
  /** Number of the first record that is still kept; 1 unless old segments were removed. */
  readonly firstRecord: number;
  /** Number of the last record up to which everything is whole. */
  readonly recordCount: number;
  /** The journal's hash after it. */
  readonly hash: string;
  readonly identity: JournalIdentity;
  /** Bytes at the end that are no whole record: a write in progress, or one that was cut short. */
  readonly incompleteBytes: number;
  /** The first place where the journal is not what was written. */
  readonly broken: { readonly file: string; readonly line: number; readonly problem: string } | undefined;
}

/** Every record that is kept, from the first segment on, proven before it is given. Changes nothing; needs no lock. */
export function* readJournal(disk: Disk, folder: string): Generator<NumberedEntry> {
  for (const { path, bytes } of provenSegments(disk, folder)) {
    for (const { number, json, isRepeat } of recordsOf(bytes, path)) if (!isRepeat) yield { number, ...decodeRecord(json) };
  }
}

/** The same records as they were written. */
export function* readJournalLines(disk: Disk, folder: string): Generator<StoredRecord> {
  for (const { path, bytes } of provenSegments(disk, folder)) {
    for (const record of recordsOf(bytes, path)) if (!record.isRepeat) yield record;
  }
}

/** Proves a whole journal and says where it breaks first. Changes nothing. */
export function verifyJournal(disk: Disk, folder: string): JournalVerdict {
  let first: SegmentFacts | undefined;
  let latest: SegmentFacts | undefined;
  let broken: JournalVerdict["broken"];
  try {
    for (const { facts } of provenSegments(disk, folder)) {
      first ??= facts;
      latest = facts;
    }
  } catch (error) {
    if (!(error instanceof DamagedJournalError)) throw error;
    const { file, line, problem } = error;
    broken = { file, line, problem };
  }
  return {
    firstRecord: first?.header.first ?? 1,
    recordCount: latest?.last ?? 0,
    hash: latest?.hash ?? "",
    identity: first?.header.identity ?? {},
    incompleteBytes: latest?.tail ?? 0,
    broken,
  };
}

function* provenSegments(
  disk: Disk,
  folder: string,
): Generator<{ readonly path: string; readonly bytes: Uint8Array; readonly facts: SegmentFacts }> {
  const { segments } = inspectFolder(disk, folder);
  if (segments.length === 0) throw new JournalError(`there is no journal in ${folder}: name the state folder of a paper or live run`);
  let before: { readonly path: string; readonly facts: SegmentFacts } | undefined;
  for (const segment of segments) {
    const path = segmentPath(folder, segment);
    const bytes = disk.read(path);
    const facts = proveSegment(bytes, path);
    if (facts.header.segment !== segment)
      throw new DamagedJournalError(path, 1, `this is segment ${facts.header.segment} under another's name`);
    if (before !== undefined) proveSeam(before, path, facts);
    yield { path, bytes, facts };
    before = { path, facts };
  }
}

function proveSeam({ path, facts }: { readonly path: string; readonly facts: SegmentFacts }, next: string, { header }: SegmentFacts): void {
  if (facts.tail > 0) throw new DamagedJournalError(path, 0, "its last line is not whole, and another segment follows");
  const isContinued = header.first === facts.last + 1 && header.chain === facts.hash && header.previous?.hash === facts.lineHash;
  if (!isContinued) throw new DamagedJournalError(next, 1, `it does not go on where ${path} ends`);
}
