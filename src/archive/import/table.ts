import { DataError } from "../../base/errors.ts";
import { isPossible, type TimeUnit, toMilliseconds, unitOfTime } from "./csv/time.ts";
import type { ImportKind } from "./hints.ts";
import { type RawRows, type Role, SIDES } from "./roles.ts";

/** A column of a feather or Parquet file. Missing numbers are NaN. */
export interface NamedColumn {
  readonly name: string;
  /** `time` is in milliseconds already. */
  readonly type: "time" | "number" | "text";
  readonly numbers: Float64Array;
  readonly texts: readonly string[];
}

/** Gives columns of a typed file the meaning that the layout found. */
export function rowsOfColumns(
  columns: readonly NamedColumn[],
  roles: ReadonlyMap<Role, number>,
  {
    title,
    isVolumeOptional,
    timeUnit,
    kind,
  }: { title: string; isVolumeOptional: boolean; timeUnit: TimeUnit | undefined; kind: ImportKind },
): RawRows {
  const column = (role: Role): NamedColumn | undefined => columns[roles.get(role) ?? -1];
  const times = column("time");
  if (times === undefined) throw new DataError(`${title} has no column for the time`);
  const place = (row: number): string => `row ${row + 1}`;
  const numbers = new Map<Role, Float64Array>();
  for (const [role] of roles) {
    const found = column(role);
    if (found?.type !== "number" || role === "time" || role === "id" || role === "buyerMaker") continue;
    const isOptional = role === "volume" && isVolumeOptional;
    numbers.set(role, isOptional ? found.numbers.map((value) => (Number.isNaN(value) ? 0 : value)) : found.numbers);
  }
  const rows = times.numbers.length;
  const base = { rows, time: toTimes(times, timeUnit, title), numbers, place };
  if (kind !== "trades") return { ...base, ...firstTexts(column("exchange"), column("symbol"), title) };
  const id = column("id");
  const ids = id === undefined ? {} : { id: id.type === "text" ? id.texts : Array.from(id.numbers, String) };
  return {
    ...base,
    ...ids,
    ...firstTexts(column("exchange"), column("symbol"), title),
    side: sidesOf(column("side"), column("buyerMaker"), rows),
  };
}

function sidesOf(side: NamedColumn | undefined, buyerMaker: NamedColumn | undefined, rows: number): Int8Array {
  const sides = new Int8Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const text = side?.type === "number" ? String(side.numbers[row]) : (side?.texts[row] ?? "").toLowerCase();
    const maker = (buyerMaker?.texts[row] ?? "").toLowerCase();
    sides[row] = SIDES[text] ?? (maker === "true" ? -1 : maker === "false" ? 1 : 0);
  }
  return sides;
}

function toTimes({ type, numbers, texts }: NamedColumn, given: TimeUnit | undefined, title: string): Float64Array {
  if (type === "text") throw new DataError(`${title}: column time holds texts such as "${texts[0] ?? ""}"; store it as a timestamp`);
  const unit = type === "time" ? "ms" : (given ?? unitOfTime(numbers[0] ?? NaN) ?? "ms");
  return numbers.map((value, row) => {
    const time = toMilliseconds(value, unit);
    if (isPossible(time)) return time;
    throw new DataError(`${title}, row ${row + 1}: column time is no time between 1980 and 2100: ${value}`);
  });
}

function firstTexts(exchange: NamedColumn | undefined, symbol: NamedColumn | undefined, title: string) {
  const only = (column: NamedColumn | undefined): string | undefined => {
    const first = column?.texts[0];
    const other = column?.texts.findIndex((text) => text !== first) ?? -1;
    if (column === undefined || first === undefined || other < 0) return first;
    throw new DataError(`${title}, row ${other + 1}: column ${column.name} changes; split the file, one ${column.name} in each`);
  };
  const [exchangeName, symbolName] = [only(exchange), only(symbol)];
  return { ...(exchangeName === undefined ? {} : { exchange: exchangeName }), ...(symbolName === undefined ? {} : { symbol: symbolName }) };
}
