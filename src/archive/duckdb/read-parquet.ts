import { DataError } from "../../base/errors.ts";
import { reasonOf } from "../../base/system-error.ts";

/** A column of any Parquet file: numbers as doubles (missing ones NaN), moments as milliseconds, everything else as texts. */
export interface ForeignColumn {
  readonly name: string;
  readonly type: "time" | "number" | "text";
  readonly numbers: Float64Array;
  readonly texts: readonly string[];
}

const TIME_TYPES = /^(TIMESTAMP|DATE)/;
const NUMBER_TYPES = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL)/;

/**
 * Reads a Parquet file that any program wrote, with DuckDB, which knows every encoding of the format. The archive's own
 * files are read without it: loading it takes longer than reading a year of minutes.
 */
export async function readForeignParquet(path: string): Promise<readonly ForeignColumn[]> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const source = `read_parquet('${path.replaceAll("'", "''")}')`;
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
    const columns = described.getRows().map(([name, type]) => ({ name: textOf(name), type: typeOf(textOf(name), textOf(type)) }));
    const selected = columns.map(({ name, type }) => expressionOf(`"${name.replaceAll('"', '""')}"`, type));
    const result = await connection.runAndReadAll(`SELECT ${selected.join(", ")} FROM ${source}`);
    const values = result.getColumns();
    return columns.map(({ name, type }, place): ForeignColumn => {
      const column = values[place] ?? [];
      if (type === "text") return { name, type, numbers: new Float64Array(), texts: column.map(textOf) };
      return { name, type, numbers: Float64Array.from(column, (value) => (typeof value === "number" ? value : NaN)), texts: [] };
    });
  } catch (cause) {
    throw new DataError(`${path} cannot be read as Parquet: ${reasonOf(cause).split("\n")[0] ?? ""}`, { cause });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Ids are texts whatever they look like: they exceed 2^53. */
function typeOf(name: string, type: string): ForeignColumn["type"] {
  if (TIME_TYPES.test(type)) return "time";
  if (/id$/i.test(name)) return "text";
  return NUMBER_TYPES.test(type) ? "number" : "text";
}

/** Moments go out as doubles: converting a 64-bit integer value by value would take longer than the reading. */
function expressionOf(column: string, type: ForeignColumn["type"]): string {
  if (type === "time") return `epoch_us(${column}::TIMESTAMPTZ) / 1000.0`;
  return type === "number" ? `${column}::DOUBLE` : `${column}::VARCHAR`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
