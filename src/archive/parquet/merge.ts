import type { AppendResult } from "../archive.ts";
import { numbersOf, type ColumnValues, type Table, type TableColumn } from "./columns.ts";

/** What is stored once new rows have joined old ones. */
export interface Merged {
  readonly table: Table;
  readonly result: AppendResult;
}

/** Rows of one time are one row: the newer one. For bars and points, whose times rise strictly. */
export function mergeByTime(old: Table, fresh: Table): Merged {
  const merger = new Merger(old, fresh);
  let left = 0;
  for (let right = 0; right < fresh.rows; right += 1) {
    const time = merger.freshTimes[right] as number;
    while (left < old.rows && (merger.oldTimes[left] as number) < time) merger.keepOld(left++);
    if (left < old.rows && merger.oldTimes[left] === time) merger.meet(left++, right);
    else merger.add(right);
  }
  while (left < old.rows) merger.keepOld(left++);
  return merger.finish();
}

/** Trades of one time are told apart by their id, and where one of the two has none by all they say. */
export function mergeTrades(old: Table, fresh: Table): Merged {
  const merger = new Merger(...withSameColumns(old, fresh));
  let left = 0;
  let right = 0;
  while (right < fresh.rows) {
    const time = merger.freshTimes[right] as number;
    while (left < old.rows && (merger.oldTimes[left] as number) < time) merger.keepOld(left++);
    const oldEnd = endOfTime(merger.oldTimes, left, time);
    const freshEnd = endOfTime(merger.freshTimes, right, time);
    mergeMoment(merger, { left, oldEnd, right, freshEnd });
    left = oldEnd;
    right = freshEnd;
  }
  while (left < old.rows) merger.keepOld(left++);
  return merger.finish();
}

interface Moment {
  readonly left: number;
  readonly oldEnd: number;
  readonly right: number;
  readonly freshEnd: number;
}

function mergeMoment(merger: Merger, moment: Moment): void {
  const { left, oldEnd, right, freshEnd } = moment;
  const twins = left === oldEnd ? undefined : findTwins(merger, moment);
  if (twins !== undefined) {
    const freshOf = new Map([...twins].map(([fresh, old]) => [old, fresh]));
    for (let row = left; row < oldEnd; row += 1) {
      const fresh = freshOf.get(row);
      if (fresh === undefined) merger.keepOld(row);
      else merger.meet(row, fresh);
    }
  }
  for (let row = right; row < freshEnd; row += 1) {
    if (twins?.has(row) !== true) merger.add(row);
  }
}

/** New rows of a moment with the stored row that each of them is: the one of its id, else one that is equal where an id is missing. */
function findTwins(merger: Merger, { left, oldEnd, right, freshEnd }: Moment): ReadonlyMap<number, number> {
  const twins = new Map<number, number>();
  const byId = new Map<string, number>();
  for (let row = left; row < oldEnd; row += 1) byId.set(merger.oldId(row), row);
  const hasNamelessOld = byId.delete("");
  const taken = new Set<number>();
  const others: number[] = [];
  for (let row = right; row < freshEnd; row += 1) {
    const twin = byId.get(merger.freshId(row));
    if (twin === undefined || taken.has(twin)) others.push(row);
    else {
      twins.set(row, twin);
      taken.add(twin);
    }
  }
  if (!hasNamelessOld && others.every((row) => merger.freshId(row) !== "")) return twins;
  const byValues = new Map<string, number[]>();
  for (let row = oldEnd - 1; row >= left; row -= 1) {
    if (taken.has(row)) continue;
    const values = merger.describe(merger.old, row);
    byValues.set(values, [...(byValues.get(values) ?? []), row]);
  }
  for (const row of others) {
    const candidates = byValues.get(merger.describe(merger.fresh, row)) ?? [];
    const place = candidates.findLastIndex((old) => merger.freshId(row) === "" || merger.oldId(old) === "");
    if (place < 0) continue;
    const [twin = NaN] = candidates.splice(place, 1);
    twins.set(row, twin);
  }
  return twins;
}

function endOfTime(times: Float64Array, from: number, time: number): number {
  let end = from;
  while (end < times.length && times[end] === time) end += 1;
  return end;
}

/** Picks rows of two tables with the same columns into a third. */
class Merger {
  readonly old: Table;
  readonly fresh: Table;
  readonly oldTimes: Float64Array;
  readonly freshTimes: Float64Array;
  /** Row of `fresh`, or the ones' complement of a row of `old`. */
  readonly #picks: Int32Array;
  readonly #oldIds: readonly string[];
  readonly #freshIds: readonly string[];
  #rows = 0;
  #added = 0;
  #unchanged = 0;
  #replaced = 0;

  constructor(old: Table, fresh: Table) {
    this.old = old;
    this.fresh = fresh;
    const timeName = fresh.columns[0]?.name ?? "";
    this.oldTimes = numbersOf(old, timeName);
    this.freshTimes = numbersOf(fresh, timeName);
    this.#picks = new Int32Array(old.rows + fresh.rows);
    this.#oldIds = idsOf(old);
    this.#freshIds = idsOf(fresh);
  }

  oldId(row: number): string {
    return this.#oldIds[row] ?? "";
  }

  freshId(row: number): string {
    return this.#freshIds[row] ?? "";
  }

  keepOld(row: number): void {
    this.#picks[this.#rows++] = ~row;
  }

  add(row: number): void {
    this.#picks[this.#rows++] = row;
    this.#added += 1;
  }

  /** The same row from both: nothing changes when they are equal; an id that only the old one knows is not lost. */
  meet(oldRow: number, freshRow: number): void {
    const isEqual = this.fresh.columns.every(
      ({ name, values }, place) => name === "id" || values[freshRow] === this.old.columns[place]?.values[oldRow],
    );
    if (isEqual) this.#unchanged += 1;
    else this.#replaced += 1;
    if (isEqual && this.freshId(freshRow) === "") this.#picks[this.#rows++] = ~oldRow;
    else this.#picks[this.#rows++] = freshRow;
  }

  /** Everything but the id as a text. */
  describe(table: Table, row: number): string {
    return table.columns.map(({ name, values }) => (name === "id" ? "" : String(values[row]))).join(" ");
  }

  finish(): Merged {
    const picks = this.#picks.subarray(0, this.#rows);
    const columns = this.fresh.columns.map((column, place): TableColumn => {
      const oldValues = this.old.columns[place]?.values ?? [];
      return { ...column, values: pick(oldValues, column.values, picks) };
    });
    const result = { added: this.#added, unchanged: this.#unchanged, replaced: this.#replaced };
    return { table: { rows: this.#rows, columns }, result };
  }
}

function pick(old: ColumnValues, fresh: ColumnValues, picks: Int32Array): ColumnValues {
  const length = picks.length;
  if (fresh instanceof Float64Array || fresh instanceof Int8Array) {
    const values = fresh instanceof Float64Array ? new Float64Array(length) : new Int8Array(length);
    for (let row = 0; row < length; row += 1) {
      const place = picks[row] as number;
      values[row] = (place < 0 ? old[~place] : fresh[place]) as number;
    }
    return values;
  }
  return Array.from(picks, (place) => (place < 0 ? old[~place] : fresh[place]) as string);
}

function idsOf(table: Table): readonly string[] {
  const values = table.columns.find(({ name }) => name === "id")?.values;
  return Array.isArray(values) ? (values as readonly string[]) : [];
}

/** Gives both tables an id column when one of them has it. */
function withSameColumns(old: Table, fresh: Table): [Table, Table] {
  const hasIds = [old, fresh].some((table) => table.columns.some(({ name }) => name === "id"));
  return [hasIds ? withIds(old) : old, hasIds ? withIds(fresh) : fresh];
}

function withIds(table: Table): Table {
  if (table.columns.some(({ name }) => name === "id")) return table;
  const values = Array.from({ length: table.rows }, () => "");
  return { ...table, columns: [...table.columns, { name: "id", type: "text", values }] };
}
