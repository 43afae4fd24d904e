import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";
import { crc32 } from "node:zlib";
import { DataError } from "../../base/errors.ts";

const inflate = promisify(inflateRaw);

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_HEADER = 0x06054b50;
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

/** The files of a zip archive, folders left out. Stored and deflated ones can be read. */
export function openZip(zip: Buffer, path: string): readonly ZipEntry[] {
  const end = findEnd(zip, path);
  const count = zip.readUInt16LE(end + 10);
  const directory = zip.readUInt32LE(end + 16);
  if (count === 0xffff || directory === 0xffffffff) throw new DataError(`${path} is a zip64 archive; unpack it and import the folder`);
  if (count > ENTRIES_MAX) throw new DataError(`${path} holds ${count} files, more than ${ENTRIES_MAX}; unpack it and import the folder`);
  const entries: ZipEntry[] = [];
  for (let index = 0, at = directory; index < count; index += 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== CENTRAL_HEADER) throw corrupt(path);
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
  const compressedBytes = zip.readUInt32LE(at + 20);
  const bytes = zip.readUInt32LE(at + 24);
  const header = zip.readUInt32LE(at + 42);
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
