import { promisify } from "node:util";
import { constants, zstdCompress } from "node:zlib";
import { assert } from "../../base/assert.ts";
import { type ColumnType, type ColumnValues, sliceValues, type Table } from "./columns.ts";
import { type ChunkPlace, footer, MAGIC, pageHeader, type RowGroupPlace } from "./file-format.ts";
import { encodeThrift } from "./thrift.ts";
import { encodeTimes } from "./time-encoding.ts";

/** Rows that are read and skipped together: 1 MiB of doubles. */
export const GROUP_ROWS = 131_072;

const compress = promisify(zstdCompress);
const level3 = { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 };

/**
 * Encodes a table as a Parquet file: row groups of 131,072 rows, one zstd page per column, doubles plain, times as steps.
 * Plain pages are the memory of a typed array, which is what makes reading them fast; zstd alone brings real bars to
 * a quarter of their size. Parts of the file in order; writing them one after the other gives the file.
 */
export async function encodeParquet(table: Table): Promise<readonly Uint8Array[]> {
  const times = table.columns[0]?.values;
  assert(times instanceof Float64Array, "the first column of a table is its time");
  const parts: Uint8Array[] = [MAGIC];
  const groups: RowGroupPlace[] = [];
  let offset = MAGIC.length;
  for (let from = 0; from < table.rows; from += GROUP_ROWS) {
    const to = Math.min(from + GROUP_ROWS, table.rows);
    const pages = await Promise.all(table.columns.map(({ type, values }) => encodePage(type, sliceValues(values, from, to), to - from)));
    const chunks = pages.map(({ bytes, uncompressedBytes }): ChunkPlace => {
      const place = { offset, compressedBytes: bytes.length, uncompressedBytes };
      parts.push(bytes);
      offset += bytes.length;
      return place;
    });
    groups.push({ rows: to - from, firstTime: times[from] as number, lastTime: times[to - 1] as number, chunks });
  }
  const tail = encodeThrift(footer({ columns: table.columns, groups }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(tail.length);
  parts.push(tail, length, MAGIC);
  return parts;
}

/** One page with its header in front. */
async function encodePage(type: ColumnType, values: ColumnValues, rows: number): Promise<{ bytes: Uint8Array; uncompressedBytes: number }> {
  const body = encodeValues(type, values);
  const compressed = await compress(body, { params: level3, chunkSize: Math.max(1_024, body.length) });
  const header = encodeThrift(pageHeader(type, rows, { uncompressed: body.length, compressed: compressed.length }));
  return { bytes: Buffer.concat([header, compressed]), uncompressedBytes: header.length + body.length };
}

function encodeValues(type: ColumnType, values: ColumnValues): Uint8Array {
  if (values instanceof Int8Array) return bytesOf(Int32Array.from(values));
  if (values instanceof Float64Array) return type === "time" ? encodeTimes(values.map((ms) => Math.round(ms * 1_000))) : bytesOf(values);
  const texts = Buffer.alloc(values.reduce((sum, text) => sum + 4 + Buffer.byteLength(text), 0));
  let offset = 0;
  for (const text of values) {
    const length = texts.write(text, offset + 4);
    texts.writeUInt32LE(length, offset);
    offset += 4 + length;
  }
  return texts;
}

/** The archive's machines are little-endian, as Parquet is; every platform that Node supports with DuckDB is. */
function bytesOf(values: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
