/**
 * What a column of our Parquet files holds. `time`: milliseconds with a fraction here, TIMESTAMP in microseconds in the file.
 * `side`: 1, 0 or -1, INT8 in the file.
 */
export type ColumnType = "time" | "double" | "side" | "text";

export type ColumnValues = Float64Array | Int8Array | readonly string[];

export interface TableColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly values: ColumnValues;
}

/** Columns of one length; the first is the time that the rows are sorted by. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly TableColumn[];
}

/** The values of a column that holds numbers. */
export function numbersOf(table: Table, name: string): Float64Array {
  const values = table.columns.find((column) => column.name === name)?.values;
  return values instanceof Float64Array ? values : new Float64Array(table.rows);
}

/** Rows `from` (included) to `to` (excluded) on the same memory, texts excepted. */
export function sliceTable(table: Table, from: number, to: number): Table {
  if (from === 0 && to === table.rows) return table;
  const columns = table.columns.map((column) => ({ ...column, values: sliceValues(column.values, from, to) }));
  return { rows: to - from, columns };
}

export function sliceValues(values: ColumnValues, from: number, to: number): ColumnValues {
  return values instanceof Float64Array || values instanceof Int8Array ? values.subarray(from, to) : values.slice(from, to);
}

/** The first row whose time is not before `time`. */
export function firstRowFrom(times: Float64Array, time: number, rows = times.length): number {
  let low = 0;
  let high = rows;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rows of several tables with the same columns, one after the other; undefined when there is none. */
export function concatTables(tables: readonly Table[]): Table | undefined {
  const [first, second] = tables;
  if (first === undefined || second === undefined) return first;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const columns = first.columns.map((column, place): TableColumn => {
    const parts = tables.map((table) => table.columns[place]?.values ?? []);
    return { ...column, values: concatValues(column.values, parts, rows) };
  });
  return { rows, columns };
}

function concatValues(like: ColumnValues, parts: readonly ColumnValues[], rows: number): ColumnValues {
  if (!(like instanceof Float64Array || like instanceof Int8Array)) return parts.flatMap((part) => [...(part as readonly string[])]);
  const whole = like instanceof Float64Array ? new Float64Array(rows) : new Int8Array(rows);
  let row = 0;
  for (const part of parts) {
    whole.set(part as Float64Array, row);
    row += part.length;
  }
  return whole;
}
