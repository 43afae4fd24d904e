import { type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import { DataError } from "../../base/errors.ts";
import type { TimeRange } from "../archive.ts";
import { type ColumnType, type ColumnValues, firstRowFrom, numbersOf, sliceTable, type Table } from "./columns.ts";
import { type FileIndex, MAGIC, parseFooter, type RowGroupPlace } from "./file-format.ts";
import { decodeThrift } from "./thrift.ts";
import { decodeTimes } from "./time-encoding.ts";

const decompress = promisify(zstdDecompress);
const TAIL_BYTES = 65_536;
const FOOTER_BYTES_MAX = 64 * 1_024 * 1_024;

/**
 * Reads a file of ours row group by row group, in fresh memory, the next one while the reader works on this one.
 * Row groups outside the range are not touched. A file of another program is a `DataError`: the import reads those.
 */
export async function* readParquet(path: string, range: TimeRange = {}, names?: readonly string[]): AsyncGenerator<Table> {
  const { from = -Infinity, to = Infinity } = range;
  const file = await open(path, "r");
  let ahead: Promise<Table> | undefined;
  try {
    const index = selectColumns(await readIndex(file, path), names);
    const groups = index.groups.filter((group) => group.lastTime >= from && group.firstTime < to);
    for (let place = 0; place < groups.length; place += 1) {
      const current: Promise<Table> = ahead ?? readGroup(file, index, groups[place] as RowGroupPlace, path);
      const following = groups[place + 1];
      const table = await current;
      ahead = following === undefined ? undefined : readGroup(file, index, following, path);
      // An error of the group read ahead is thrown when its turn comes; until then it is not an unhandled one.
      ahead?.catch(() => {});
      const times = numbersOf(table, index.columns[0]?.name ?? "");
      const slice = sliceTable(table, firstRowFrom(times, from), firstRowFrom(times, to));
      if (slice.rows > 0) yield slice;
    }
  } finally {
    await ahead?.catch(() => {});
    await file.close();
  }
}

/** The index with the named columns only: pages are found through it, so others are not read. */
function selectColumns(index: FileIndex, names: readonly string[] | undefined): FileIndex {
  if (names === undefined) return index;
  const places = index.columns.flatMap(({ name }, place) => (names.includes(name) ? [place] : []));
  const columns = index.columns.filter(({ name }) => names.includes(name));
  const groups = index.groups.map((group) => ({ ...group, chunks: group.chunks.filter((_, place) => places.includes(place)) }));
  return { columns, groups };
}

async function readIndex(file: FileHandle, path: string): Promise<FileIndex> {
  const { size } = await file.stat();
  const broken = new DataError(`${path} is not a complete Parquet file; run "metaexpert data verify" to see what is left of the series`);
  if (size < 12) throw broken;
  let tail = await readBytes(file, Math.max(0, size - TAIL_BYTES), Math.min(size, TAIL_BYTES));
  const length = tail.readUInt32LE(tail.length - 8);
  if (!tail.subarray(-4).equals(MAGIC) || length + 12 > size || length > FOOTER_BYTES_MAX) throw broken;
  if (length + 8 > tail.length) tail = await readBytes(file, size - length - 8, length + 8);
  const index = parseFooter(decodeThrift(tail, tail.length - 8 - length).struct);
  if (index === undefined) throw new DataError(`${path} was written by another program; bring it in with "metaexpert data import"`);
  return index;
}

async function readGroup(file: FileHandle, index: FileIndex, group: RowGroupPlace, path: string): Promise<Table> {
  const first = group.chunks[0];
  const last = group.chunks.at(-1);
  if (first === undefined || last === undefined) throw new DataError(`${path} has a row group without columns`);
  const bytes = await readBytes(file, first.offset, last.offset + last.compressedBytes - first.offset);
  const columns = await Promise.all(
    group.chunks.map(async (chunk, place) => {
      const { name, type } = index.columns[place] as FileIndex["columns"][number];
      const start = chunk.offset - first.offset;
      const { struct, end } = decodeThrift(bytes, start);
      const size = Number(struct.get(2));
      try {
        const body = await decompress(bytes.subarray(end, start + chunk.compressedBytes), {
          chunkSize: Math.max(64, size),
          maxOutputLength: Math.max(1, size),
        });
        return { name, type, values: decodeValues(type, body, group.rows) };
      } catch (cause) {
        throw new DataError(`${path} is damaged in column ${name}; import the source of this series again`, { cause });
      }
    }),
  );
  return { rows: group.rows, columns };
}

function decodeValues(type: ColumnType, body: Buffer, rows: number): ColumnValues {
  switch (type) {
    case "time":
      return decodeTimes(body, rows);
    case "double":
      return new Float64Array(alignedBuffer(body, rows * 8), 0, rows);
    case "side":
      return Int8Array.from(new Int32Array(alignedBuffer(body, rows * 4), 0, rows));
    case "text":
      return decodeTexts(body, rows);
  }
}

/** The page's memory itself when it stands alone, otherwise a copy: a typed array must start on its element size. */
function alignedBuffer(body: Buffer, bytes: number): ArrayBuffer {
  if (body.length !== bytes) throw new DataError(`a page holds ${body.length} bytes instead of ${bytes}`);
  const { buffer } = body;
  if (body.byteOffset === 0 && buffer instanceof ArrayBuffer && buffer.byteLength <= bytes + 64) return buffer;
  const copy = new Uint8Array(bytes);
  copy.set(body);
  return copy.buffer;
}

function decodeTexts(body: Buffer, rows: number): readonly string[] {
  const texts: string[] = Array.from({ length: rows });
  let offset = 0;
  for (let row = 0; row < rows; row += 1) {
    const end = offset + 4 + body.readUInt32LE(offset);
    texts[row] = body.toString("utf8", offset + 4, end);
    offset = end;
  }
  return texts;
}

async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw new DataError("a Parquet file is shorter than its footer says");
    done += bytesRead;
  }
  return bytes;
}
