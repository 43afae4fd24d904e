import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import { DataError } from "../../base/errors.ts";

const inflate = promisify(inflateRaw);

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_HEADER = 0x06054b50;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_FIELD = 1;
const NOT_HERE = 0xffffffff;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;
const ENTRIES_MAX = 10_000;

/** One file inside a zip. */
export interface ZipEntry {
  readonly name: string;
  /** As the zip says; what comes out is checked against it. */
  readonly bytes: number;
  /** The content; a `DataError` when it is damaged or larger than it says. */
  read(): Promise<Buffer>;
}

/** The files of a zip archive, folders left out. Stored and deflated ones can be read, with 32-bit and 64-bit sizes. */
export function openZip(zip: Buffer, path: string): readonly ZipEntry[] {
  try {
    return listEntries(zip, path);
  } catch (cause) {
    // A size or an offset that points outside of the file.
    if (cause instanceof RangeError) throw corrupt(path, cause);
    throw cause;
  }
}

function listEntries(zip: Buffer, path: string): readonly ZipEntry[] {
  const { count, directory } = findDirectory(zip, path);
  if (count > ENTRIES_MAX) throw new DataError(`${path} holds ${count} files, more than ${ENTRIES_MAX}; unpack it and import the folder`);
  const entries: ZipEntry[] = [];
  for (let index = 0, at = directory; index < count; index += 1) {
    if (zip.readUInt32LE(at) !== CENTRAL_HEADER) throw corrupt(path);
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    const name = zip.toString("utf8", at + 46, nameEnd);
    if (!name.endsWith("/")) entries.push(entryAt(zip, at, { name, path }));
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function entryAt(zip: Buffer, at: number, { name, path }: { name: string; path: string }): ZipEntry {
  const flags = zip.readUInt16LE(at + 8);
  const method = zip.readUInt16LE(at + 10);
  const sum = zip.readUInt32LE(at + 16);
  const { compressedBytes, bytes, header } = sizesAt(zip, at);
  return {
    name,
    bytes,
    async read() {
      if ((flags & 1) === 1) throw new DataError(`${path} is encrypted; unpack it and import the folder`);
      if (header + 30 > zip.length || zip.readUInt32LE(header) !== LOCAL_HEADER) throw corrupt(path);
      const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
      const body = zip.subarray(start, start + compressedBytes);
      if (body.length !== compressedBytes) throw corrupt(path);
      const content = method === 0 ? body : await inflateEntry(body, bytes, { method, path });
      if (content.length !== bytes || crc32(content) !== sum) throw corrupt(path);
      return content;
    },
  };
}

/** Sizes of the entry and where it begins. Those that do not fit into 32 bits, or pretend so, follow in an extra field. */
function sizesAt(zip: Buffer, at: number): { bytes: number; compressedBytes: number; header: number } {
  const short = [zip.readUInt32LE(at + 24), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
  if (!short.includes(NOT_HERE)) return { bytes: short[0] as number, compressedBytes: short[1] as number, header: short[2] as number };
  const start = at + 46 + zip.readUInt16LE(at + 28);
  const end = start + zip.readUInt16LE(at + 30);
  let extra = start;
  while (extra < end && zip.readUInt16LE(extra) !== ZIP64_FIELD) extra += 4 + zip.readUInt16LE(extra + 2);
  let next = extra + 4;
  const [bytes = NaN, compressedBytes = NaN, header = NaN] = short.map((value) => {
    if (value !== NOT_HERE) return value;
    next += 8;
    return Number(zip.readBigUInt64LE(next - 8));
  });
  return { bytes, compressedBytes, header };
}

/** Where the list of files begins and how many there are. */
function findDirectory(zip: Buffer, path: string): { count: number; directory: number } {
  const end = findEnd(zip, path);
  const count = zip.readUInt16LE(end + 10);
  const directory = zip.readUInt32LE(end + 16);
  if (count !== 0xffff && directory !== NOT_HERE) return { count, directory };
  const locator = end - 20;
  if (locator < 0 || zip.readUInt32LE(locator) !== ZIP64_LOCATOR) throw corrupt(path);
  const record = Number(zip.readBigUInt64LE(locator + 8));
  return { count: Number(zip.readBigUInt64LE(record + 32)), directory: Number(zip.readBigUInt64LE(record + 48)) };
}

async function inflateEntry(body: Buffer, bytes: number, { method, path }: { method: number; path: string }): Promise<Buffer> {
  if (method !== 8) throw new DataError(`${path} is packed with method ${method}, which is not deflate; unpack it and import the folder`);
  try {
    return await inflate(body, { maxOutputLength: Math.max(1, bytes), chunkSize: Math.max(64, bytes) });
  } catch (cause) {
    throw corrupt(path, cause);
  }
}

/** The end record stands at the very end, before a comment that is nearly always empty. */
function findEnd(zip: Buffer, path: string): number {
  for (let at = zip.length - END_BYTES; at >= Math.max(0, zip.length - END_BYTES - COMMENT_BYTES_MAX); at -= 1) {
    if (zip.readUInt32LE(at) === END_HEADER) return at;
  }
  throw corrupt(path);
}

function corrupt(path: string, cause?: unknown): DataError {
  return new DataError(`${path} is a corrupt or incomplete zip; fetch it again`, { cause });
}
