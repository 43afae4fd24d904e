import { hash as digest } from "node:crypto";

/** Hexadecimal digits of a SHA-256. */
export const HASH_LENGTH = 64;
/** What the first record of a journal is chained to. */
export const CHAIN_START = "0".repeat(HASH_LENGTH);

const NEWLINE = 10;
const SPACE = 32;

/** The hash of a record: over the hash of the one before it and its own text. */
export function nextHash(previous: string, json: string): string {
  return digest("sha256", previous + json, "hex");
}

/** A record as it stands in a file; `json` has no line ends. */
export function lineOf(hash: string, json: string): string {
  return `${hash} ${json}\n`;
}

/** Goes through the lines of a file and proves each against the one before it. */
export class LineReader {
  readonly #bytes: Buffer;
  #scratch = Buffer.alloc(4_096);
  /** Where the next line begins. */
  next = 0;
  /** Where the present line begins. */
  start = 0;
  /** The present line, counted from 1. */
  line = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Steps to the next whole line; false when there is none. */
  advance(): boolean {
    const end = this.#bytes.indexOf(NEWLINE, this.next);
    if (end < 0) return false;
    this.start = this.next;
    this.next = end + 1;
    this.line += 1;
    return true;
  }

  get json(): string {
    return this.#bytes.toString("utf8", this.start + HASH_LENGTH + 1, this.next - 1);
  }

  /** The hash written on the present line. */
  get hash(): string {
    return this.#bytes.toString("latin1", this.start, this.start + HASH_LENGTH);
  }

  /** The hash of the present line if it is true to its content and to `previous`. */
  prove(previous: string): string | undefined {
    return this.#proveRange(previous, this.start, this.next - 1);
  }

  /** What follows the last whole line, once `advance` has said false. */
  tail(previous: string): { readonly bytes: number; readonly unended: number } {
    const end = this.#bytes.length;
    // A power cut may take the line end of a whole record, or leave another byte in its place.
    const ends = end > this.next ? [end, end - 1] : [];
    const whole = ends.find((at) => this.#proveRange(previous, this.next, at) !== undefined) ?? this.next;
    return { bytes: end - this.next, unended: whole - this.next };
  }

  #proveRange(previous: string, start: number, end: number): string | undefined {
    const bytes = this.#bytes;
    const jsonStart = start + HASH_LENGTH + 1;
    if (end < jsonStart || bytes[jsonStart - 1] !== SPACE) return undefined;
    const length = HASH_LENGTH + end - jsonStart;
    if (length > this.#scratch.length) this.#scratch = Buffer.alloc(2 * length);
    this.#scratch.write(previous, 0, HASH_LENGTH, "latin1");
    bytes.copy(this.#scratch, HASH_LENGTH, jsonStart, end);
    const hash = digest("sha256", this.#scratch.subarray(0, length), "hex");
    return hash === bytes.toString("latin1", start, start + HASH_LENGTH) ? hash : undefined;
  }
}
