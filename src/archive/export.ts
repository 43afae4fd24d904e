import { decimalFromNumber, formatDecimal } from "../base/decimal.ts";
import type { BarColumns } from "../domain/bar.ts";
import type { Archive, SeriesKey, TimeRange } from "./archive.ts";
import { concatTables, type Table } from "./parquet/columns.ts";
import { tableOfBars, tableOfPoints, tableOfTrades } from "./parquet/series-table.ts";
import { encodeParquet } from "./parquet/write.ts";

/** `csv` with a header; `json`: a list of objects, one a line; `parquet`: one file as the archive writes it. */
export const EXPORT_FORMATS = ["csv", "json", "parquet"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How times are written in csv and json: milliseconds since the epoch, or ISO 8601. */
export type ExportTime = "ms" | "iso";

export interface ExportOptions extends TimeRange {
  readonly format: ExportFormat;
  /** @default "ms" */
  readonly time?: ExportTime;
}

/** The bytes of an exported series, piece by piece; writing them one after the other gives the file. */
export async function* exportSeries(archive: Archive, key: SeriesKey, options: ExportOptions): AsyncGenerator<Uint8Array> {
  const tables = readTables(archive, key, options);
  if (options.format === "parquet") {
    const parts: Table[] = [];
    for await (const table of tables) parts.push(table);
    const whole = concatTables(parts);
    if (whole !== undefined) yield* await encodeParquet(whole);
    return;
  }
  const print = options.format === "csv" ? printCsv : printJson;
  let isFirst = true;
  for await (const table of tables) {
    yield Buffer.from(print(table, { isFirst, time: options.time ?? "ms" }));
    isFirst = false;
  }
  if (options.format === "json") yield Buffer.from(isFirst ? "[]\n" : "\n]\n");
}

/** Bars as csv with a header. */
export function barsCsv(bars: BarColumns): string {
  return printCsv(tableOfBars(bars), { isFirst: true, time: "ms" });
}

async function* readTables(archive: Archive, key: SeriesKey, range: TimeRange): AsyncGenerator<Table> {
  if (key.kind === "bars") for await (const bars of archive.readBars(key, range)) yield tableOfBars(bars);
  else if (key.kind === "trades") for await (const trades of archive.readTrades(key, range)) yield tableOfTrades(trades);
  else for await (const points of archive.readPoints(key, range)) yield withNamedValue(tableOfPoints(points), key.kind);
}

/** Outside of the archive's folders a column must say itself what it holds. */
function withNamedValue({ rows, columns }: Table, kind: "funding" | "openInterest"): Table {
  const name = kind === "funding" ? "funding_rate" : "open_interest";
  return { rows, columns: columns.map((column) => (column.name === "value" ? { ...column, name } : column)) };
}

interface PrintOptions {
  readonly isFirst: boolean;
  readonly time: ExportTime;
}

function printCsv(table: Table, { isFirst, time }: PrintOptions): string {
  const printers = table.columns.map(({ type, values }) => {
    if (type === "time") return (row: number) => printTime(values[row] as number, time);
    return (row: number) => (typeof values[row] === "number" ? plainNumber(values[row]) : (values[row] ?? ""));
  });
  const lines = Array.from({ length: table.rows }, (_, row) => printers.map((print) => print(row)).join(","));
  const header = isFirst ? `${table.columns.map(({ name }) => name).join(",")}\n` : "";
  return `${header}${lines.join("\n")}\n`;
}

function printJson(table: Table, { isFirst, time }: PrintOptions): string {
  const lines = Array.from({ length: table.rows }, (_, row) => {
    const fields = table.columns.map(({ name, type, values }) => {
      const value = type === "time" && time === "iso" ? printTime(values[row] as number, time) : values[row];
      return [name, value] as const;
    });
    return JSON.stringify(Object.fromEntries(fields));
  });
  return `${isFirst ? "[\n" : ",\n"}${lines.join(",\n")}`;
}

/** Microseconds are shown when there are any. */
function printTime(time: number, format: ExportTime): string {
  if (format === "ms") return String(time);
  const text = new Date(time).toISOString();
  const micros = Math.round((time - Math.floor(time)) * 1_000);
  return micros === 0 ? text : text.replace("Z", `${String(micros).padStart(3, "0")}Z`);
}

/** 1e-7 as 0.0000001, which spreadsheets and other programs read more surely. */
function plainNumber(value: number): string {
  const text = String(value);
  return text.includes("e") ? formatDecimal(decimalFromNumber(value)) : text;
}
