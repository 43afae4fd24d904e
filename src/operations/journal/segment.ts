import { DamagedJournalError } from "./damage.ts";
import { JournalError } from "../../base/errors.ts";
import { LineReader, lineOf, nextHash } from "./line.ts";

/** Version of the layout; files of a later one are refused. */
export const FORMAT = 1;

/** Whose journal it is, such as strategy, account and mode: nobody else may go on with it. */
export type JournalIdentity = Readonly<Record<string, string>>;

/**
 * First line of a segment: {"k":"segment","format":1,"segment":2,"first":1001,"chain":"9f…","repeats":12,"previous":{…},"identity":{…}}
 *
 * `repeats` lines follow that say again what was known at that moment, chained to this line; then the records, chained to `chain`.
 */
export interface SegmentHeader {
  readonly k: "segment";
  readonly format: number;
  /** Number in the file's name. */
  readonly segment: number;
  /** Number of the first record after the repeats, counted from 1 over the whole journal. */
  readonly first: number;
  /** The journal's hash before that record. */
  readonly chain: string;
  readonly repeats: number;
  /** Length of the segment before and the hash its last line carries; null in the first. */
  readonly previous: { readonly bytes: number; readonly hash: string } | null;
  readonly identity: JournalIdentity;
}

/** What a whole and proven segment holds. */
export interface SegmentFacts {
  readonly header: SegmentHeader;
  /** Number of the last record; one less than `first` when there is none. */
  readonly last: number;
  /** The journal's hash after it. */
  readonly hash: string;
  /** The hash on the last line, which may be the header's or a repeat's. */
  readonly lineHash: string;
  /** Bytes of header and repeats. */
  readonly openingBytes: number;
  /** Up to here the file is whole. */
  readonly bytes: number;
  /** Bytes of what is no whole line, at the end. */
  readonly tail: number;
  /** Bytes of the tail that are a whole record, true to the one before it, which lacks its line end; 0 where there is none. */
  readonly unended: number;
}

/** A record as it was kept. */
export interface StoredRecord {
  /** Counted from 1 over the whole journal; a repeat carries the number of the last record before its segment. */
  readonly number: number;
  readonly json: string;
  /** Said again at the beginning of a segment. */
  readonly isRepeat: boolean;
}

/** The first lines of a new segment, ready to be written. */
export function openingOf(header: SegmentHeader, repeats: readonly string[]): { readonly text: string; readonly hash: string } {
  let json = JSON.stringify(header);
  let hash = nextHash(header.chain, json);
  const lines = [lineOf(hash, json)];
  for (json of repeats) {
    hash = nextHash(hash, json);
    lines.push(lineOf(hash, json));
  }
  return { text: lines.join(""), hash };
}

/** Reads the header without the rest, from the file's first bytes. */
export function readHeader(bytes: Uint8Array, file: string): SegmentHeader {
  const reader = new LineReader(bytes);
  if (!reader.advance()) throw new DamagedJournalError(file, 1, "the first line is not whole");
  return headerOf(reader, file);
}

/** Proves every line of a segment. An incomplete end is left to the caller; anything else that is wrong is refused. */
export function proveSegment(bytes: Uint8Array, file: string): SegmentFacts {
  const reader = new LineReader(bytes);
  if (!reader.advance()) throw new DamagedJournalError(file, 1, "the first line is not whole");
  const header = headerOf(reader, file);
  let lineHash = reader.hash;
  for (let index = 0; index < header.repeats; index += 1) {
    if (!reader.advance()) throw new DamagedJournalError(file, reader.line + 1, `ends within the ${header.repeats} lines it begins with`);
    lineHash = proven(reader, lineHash, file);
  }
  const openingBytes = reader.next;
  let hash = header.chain;
  let last = header.first - 1;
  while (reader.advance()) {
    hash = proven(reader, hash, file);
    lineHash = hash;
    last += 1;
  }
  const tail = reader.tail(hash);
  return { header, last, hash, lineHash, openingBytes, bytes: reader.next, tail: tail.bytes, unended: tail.unended };
}

/** The lines of a segment after its header, not proven. */
export function* recordsOf(bytes: Uint8Array, file: string): Generator<StoredRecord> {
  const reader = new LineReader(bytes);
  if (!reader.advance()) throw new DamagedJournalError(file, 1, "the first line is not whole");
  const { first, repeats } = headerOf(reader, file);
  for (let index = 0; index < repeats && reader.advance(); index += 1) yield { number: first - 1, json: reader.json, isRepeat: true };
  for (let number = first; reader.advance(); number += 1) yield { number, json: reader.json, isRepeat: false };
}

function proven(reader: LineReader, previous: string, file: string): string {
  const hash = reader.prove(previous);
  if (hash === undefined) throw new DamagedJournalError(file, reader.line, "its content does not match its hash and the line before it");
  return hash;
}

function headerOf(reader: LineReader, file: string): SegmentHeader {
  const header = parseHeader(reader.json);
  if (header === undefined) throw new DamagedJournalError(file, 1, "this is not the first line of a journal");
  if (header.format > FORMAT) {
    throw new JournalError(
      `${file} was written by a later version (format ${header.format}; this one reads up to ${FORMAT}): update MetaExpert, or start with another state folder`,
    );
  }
  if (reader.prove(header.chain) === undefined) throw new DamagedJournalError(file, 1, "its content does not match its hash");
  return header;
}

/** Undefined where the text cannot be a header; whether it is a true one is for the hash to say. */
function parseHeader(json: string): SegmentHeader | undefined {
  try {
    const header = JSON.parse(json) as Partial<SegmentHeader> | null;
    const isHeader = header?.k === "segment" && Number.isSafeInteger(header.format) && typeof header.chain === "string";
    return isHeader ? (header as SegmentHeader) : undefined;
  } catch {
    return undefined;
  }
}
