import type * as apacheArrow from "apache-arrow";
import { DataError } from "../../base/errors.ts";
import { reasonOf } from "../../base/system-error.ts";
import type { Outcome } from "./outcome.ts";
import type { PartContext } from "./parts.ts";
import { readTable } from "./read-table.ts";
import type { NamedColumn } from "./table.ts";

type Arrow = typeof apacheArrow;

/** Reads an Arrow IPC file ("feather"), as freqtrade keeps bars, mark prices, funding rates (in column open) and trades. */
export async function readFeather(bytes: Buffer, context: PartContext): Promise<Outcome> {
  const arrow = await loadArrow();
  return readTable(toColumns(arrow, bytes, context.title), context);
}

/** The Arrow library, taught LZ4, only when there is a file to read: it takes 80 ms to load. */
async function loadArrow(): Promise<Arrow> {
  const [arrow, lz4] = await Promise.all([import("apache-arrow"), import("lz4-napi")]);
  const { compressionRegistry, CompressionType } = arrow;
  if (compressionRegistry.get(CompressionType.LZ4_FRAME) === null) {
    compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: (data) => lz4.decompressFrameSync(Buffer.from(data)) });
  }
  return arrow;
}

function toColumns(arrow: Arrow, bytes: Buffer, title: string): readonly NamedColumn[] {
  try {
    const table = arrow.tableFromIPC(bytes);
    return table.schema.fields.map((field, place) => toColumn(arrow, field, table.getChildAt(place) as Vector | null));
  } catch (cause) {
    throw new DataError(`${title} is not a complete feather file (${reasonOf(cause)}); fetch it again`, { cause });
  }
}

/** The little that is used of Arrow's vectors, whose own types depend on what a file holds. */
interface Vector {
  readonly length: number;
  readonly nullCount: number;
  readonly data: readonly { readonly values: unknown; readonly length: number }[];
  get(row: number): unknown;
}

function toColumn({ DataType }: Arrow, { name, type }: { name: string; type: unknown }, vector: Vector | null): NamedColumn {
  const rows = vector?.length ?? 0;
  const isTime = DataType.isTimestamp(type) || DataType.isDate(type);
  const isNumber = isTime || DataType.isFloat(type) || (DataType.isInt(type) && !/id$/i.test(name));
  if (isNumber) return { name, type: isTime ? "time" : "number", numbers: toNumbers(vector, rows), texts: [] };
  const texts = Array.from({ length: rows }, (_, row) => toText(vector?.get(row)));
  return { name, type: "text", numbers: new Float64Array(), texts };
}

/** Whole batches of doubles at once; anything else, and what is missing, value by value. */
function toNumbers(vector: Vector | null, rows: number): Float64Array {
  const numbers = new Float64Array(rows);
  let at = 0;
  for (const { values, length } of vector?.nullCount === 0 ? vector.data : []) {
    if (!(values instanceof Float64Array)) break;
    numbers.set(values.subarray(0, length), at);
    at += length;
  }
  for (; at < rows; at += 1) numbers[at] = Number(vector?.get(at) ?? NaN);
  return numbers;
}

function toText(value: unknown): string {
  return typeof value === "string" || typeof value === "bigint" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}
