import type { ColumnType } from "./columns.ts";
import type { ThriftField, ThriftOut, ThriftStruct, ThriftValue } from "./thrift.ts";
import { DataError } from "../../base/errors.ts";

/** First and last four bytes of every Parquet file. */
export const MAGIC = Buffer.from("PAR1");
export const CREATED_BY = "metaexpert archive 1";

/** Numbers of the Parquet format (github.com/apache/parquet-format, parquet.thrift). */
export const PHYSICAL = { int32: 1, int64: 2, double: 5, byteArray: 6 } as const;
export const ENCODING = { plain: 0, rle: 3, deltaBinaryPacked: 5 } as const;
export const ZSTD = 6;
const REQUIRED = 0;
const UTF8 = 0;
const INT_8 = 15;

/** Where one column's page of a row group lies in the file. */
export interface ChunkPlace {
  readonly offset: number;
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
}

export interface RowGroupPlace {
  readonly rows: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly chunks: readonly ChunkPlace[];
}

/** A Parquet file's table of contents. */
export interface FileIndex {
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly groups: readonly RowGroupPlace[];
}

const physicalOf: Readonly<Record<ColumnType, number>> = {
  time: PHYSICAL.int64,
  double: PHYSICAL.double,
  side: PHYSICAL.int32,
  text: PHYSICAL.byteArray,
};

/** The page header in front of a compressed page. */
export function pageHeader(type: ColumnType, rows: number, { uncompressed, compressed }: { uncompressed: number; compressed: number }) {
  const encoding = type === "time" ? ENCODING.deltaBinaryPacked : ENCODING.plain;
  const data: ThriftField[] = [
    [1, { i32: rows }],
    [2, { i32: encoding }],
    [3, { i32: ENCODING.rle }],
    [4, { i32: ENCODING.rle }],
  ];
  return [
    [1, { i32: 0 }],
    [2, { i32: uncompressed }],
    [3, { i32: compressed }],
    [5, { struct: data }],
  ] satisfies ThriftField[];
}

/** The footer of a file. */
export function footer({ columns, groups }: FileIndex): readonly ThriftField[] {
  const root: ThriftOut = {
    struct: [
      [4, { text: "schema" }],
      [5, { i32: columns.length }],
    ],
  };
  return [
    [1, { i32: 2 }],
    [2, { list: [root, ...columns.map(({ name, type }) => ({ struct: schemaElement(name, type) }))] }],
    [3, { i64: groups.reduce((sum, group) => sum + group.rows, 0) }],
    [4, { list: groups.map((group) => ({ struct: rowGroup(columns, group) })) }],
    [6, { text: CREATED_BY }],
  ];
}

function schemaElement(name: string, type: ColumnType): ThriftField[] {
  const fields: ThriftField[] = [
    [1, { i32: physicalOf[type] }],
    [3, { i32: REQUIRED }],
    [4, { text: name }],
  ];
  if (type === "text") fields.push([6, { i32: UTF8 }], [10, { struct: [[1, { struct: [] }]] }]);
  if (type === "side")
    fields.push(
      [6, { i32: INT_8 }],
      [
        10,
        {
          struct: [
            [
              10,
              {
                struct: [
                  [1, { byte: 8 }],
                  [2, { bool: true }],
                ],
              },
            ],
          ],
        },
      ],
    );
  if (type === "time")
    fields.push([
      10,
      {
        struct: [
          [
            8,
            {
              struct: [
                [1, { bool: false }],
                [2, { struct: [[2, { struct: [] }]] }],
              ],
            },
          ],
        ],
      },
    ]);
  return fields;
}

function rowGroup(columns: FileIndex["columns"], group: RowGroupPlace): ThriftField[] {
  const chunks = group.chunks.map((chunk, index): ThriftOut => {
    const { name, type } = columns[index] as FileIndex["columns"][number];
    const meta: ThriftField[] = [
      [1, { i32: physicalOf[type] }],
      [2, { list: [{ i32: type === "time" ? ENCODING.deltaBinaryPacked : ENCODING.plain }, { i32: ENCODING.rle }] }],
      [3, { list: [{ text: name }] }],
      [4, { i32: ZSTD }],
      [5, { i64: group.rows }],
      [6, { i64: chunk.uncompressedBytes }],
      [7, { i64: chunk.compressedBytes }],
      [9, { i64: chunk.offset }],
    ];
    if (type === "time") meta.push([12, { struct: timeStatistics(group) }]);
    return {
      struct: [
        [2, { i64: chunk.offset }],
        [3, { struct: meta }],
      ],
    };
  });
  return [
    [1, { list: chunks }],
    [2, { i64: group.chunks.reduce((sum, chunk) => sum + chunk.uncompressedBytes, 0) }],
    [3, { i64: group.rows }],
  ];
}

function timeStatistics({ firstTime, lastTime }: RowGroupPlace): ThriftField[] {
  return [
    [3, { i64: 0 }],
    [5, { bytes: int64(Math.round(lastTime * 1_000)) }],
    [6, { bytes: int64(Math.round(firstTime * 1_000)) }],
  ];
}

/** Reads a footer that `footer` wrote; undefined for one that another program wrote. */
export function parseFooter(struct: ThriftStruct): FileIndex | undefined {
  if (text(struct.get(6)) !== CREATED_BY) return undefined;
  const columns = list(struct.get(2))
    .slice(1)
    .map((element) => ({ name: text(fields(element).get(4)), type: columnType(fields(element)) }));
  const groups = list(struct.get(4)).map((item): RowGroupPlace => {
    const group = fields(item);
    const metas = list(group.get(1)).map((chunk) => fields(fields(chunk).get(3)));
    const statistics = fields(metas[0]?.get(12));
    const chunks = metas.map((meta) => ({
      offset: number(meta.get(9)),
      compressedBytes: number(meta.get(7)),
      uncompressedBytes: number(meta.get(6)),
    }));
    return { rows: number(group.get(3)), firstTime: time(statistics.get(6)), lastTime: time(statistics.get(5)), chunks };
  });
  return { columns, groups };
}

function columnType(element: ThriftStruct): ColumnType {
  const physical = element.get(1);
  const type = (Object.keys(physicalOf) as ColumnType[]).find((name) => physicalOf[name] === physical);
  if (type === undefined) throw broken();
  return type;
}

function int64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt(value), true);
  return bytes;
}

function time(value: ThriftValue | undefined): number {
  if (!(value instanceof Uint8Array) || value.length !== 8) throw broken();
  return Number(new DataView(value.buffer, value.byteOffset, 8).getBigInt64(0, true)) / 1_000;
}

function fields(value: ThriftValue | undefined): ThriftStruct {
  if (!(value instanceof Map)) throw broken();
  return value as ThriftStruct;
}

function list(value: ThriftValue | undefined): readonly ThriftValue[] {
  if (!Array.isArray(value)) throw broken();
  return value as readonly ThriftValue[];
}

function number(value: ThriftValue | undefined): number {
  if (typeof value !== "number") throw broken();
  return value;
}

function text(value: ThriftValue | undefined): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : "";
}

function broken(): DataError {
  return new DataError("the Parquet footer is broken");
}
