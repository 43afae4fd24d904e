import { readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip, zstdDecompress } from "node:zlib";
import { DataError } from "../../base/errors.ts";
import { hasCode, reasonOf } from "../../base/system-error.ts";
import { openZip } from "./zip.ts";

const unzipGz = promisify(gunzip);
const unzipZstd = promisify(zstdDecompress);

/** Larger content is refused, whether a file is so large or only pretends to be (a zip bomb). */
export const CONTENT_BYTES_MAX = 2 ** 31 - 65_536;

/** A gzip of a zip is as deep as honest files go. */
const DEPTH_MAX = 3;

/** Content that no container hides any more, with the names that lead to it. */
export interface Source {
  /** The file the user sees. */
  readonly file: string;
  /** `file`, with the name inside a zip behind a colon: for messages. */
  readonly title: string;
  /** Path and inner names without the endings of containers: what hints are read from. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** The contents of a file: those of a zip's entries, of a gzip or zstd file, or its own. */
export async function openSources(file: string): Promise<readonly Source[]> {
  return unpack({ file, title: file, path: file, bytes: await readContent(file) });
}

async function unpack(source: Source, depth = 0): Promise<readonly Source[]> {
  const { bytes, title, path, file } = source;
  if (depth > DEPTH_MAX) throw new DataError(`${title} holds containers in containers; unpack it and import the folder`);
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0x50, 0x4b, 0x05, 0x06) || path.endsWith(".zip")) {
    const sources: Source[] = [];
    const entries = openZip(bytes, title);
    if (entries.reduce((sum, entry) => sum + entry.bytes, 0) > CONTENT_BYTES_MAX) throw tooLarge(title);
    for (const entry of entries) {
      const inner = { file, title: `${title}:${entry.name}`, path: `${path.replace(/\.zip$/i, "")}/${entry.name}` };
      sources.push(...(await unpack({ ...inner, bytes: await entry.read() }, depth + 1)));
    }
    return sources;
  }
  const isGzip = startsWith(bytes, 0x1f, 0x8b);
  if (isGzip || startsWith(bytes, 0x28, 0xb5, 0x2f, 0xfd)) {
    const content = await decompress(bytes, { isGzip, title });
    return unpack({ file, title, path: path.replace(/\.(gz|zst|zstd)$/i, ""), bytes: content }, depth + 1);
  }
  if (/\.gz$/i.test(path)) throw new DataError(`${title} is not gzip inside; fetch it again`);
  return [source];
}

async function decompress(bytes: Buffer, { isGzip, title }: { isGzip: boolean; title: string }): Promise<Buffer> {
  try {
    return await (isGzip ? unzipGz : unzipZstd)(bytes, { maxOutputLength: CONTENT_BYTES_MAX, chunkSize: 1 << 20 });
  } catch (cause) {
    if (hasCode(cause, "ERR_BUFFER_TOO_LARGE")) throw tooLarge(title);
    throw new DataError(`${title} is corrupt or incomplete (${reasonOf(cause)}); fetch it again`, { cause });
  }
}

async function readContent(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size > CONTENT_BYTES_MAX) throw tooLarge(file);
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError(`${file} cannot be read: ${reasonOf(cause)}`, { cause });
  }
}

function tooLarge(title: string): DataError {
  return new DataError(`${title} is larger than 2 GiB when unpacked; import daily instead of monthly files, or split it`);
}

function startsWith(bytes: Buffer, ...magic: readonly number[]): boolean {
  return magic.every((byte, place) => bytes[place] === byte);
}
