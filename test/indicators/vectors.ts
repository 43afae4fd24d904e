import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { allocateBars, BAR_COLUMN_NAMES, type BarColumns } from "../../src/domain/bar.ts";

/** Where other libraries' tables of numbers lie; METAEXPERT_INDICATOR_VECTORS names another folder. */
const folder =
  process.env["METAEXPERT_INDICATOR_VECTORS"] ?? resolve(import.meta.dirname, "../../../shared/reference/conformance/indicators");

/** What may differ, relative to the number and at least in the table's last digit. */
export interface Tolerance {
  /** @default 1e-9 */
  readonly relative?: number;
  /** @default 1e-9 */
  readonly absolute?: number;
  /** First row compared; what stands before it has another start. @default 0 */
  readonly from?: number;
  /** One row beyond the last one compared. */
  readonly to?: number;
}

/** A test over a file of vectors; where the file is missing it is skipped and says so. */
export function testWithFile(name: string, file: string, run: (text: string) => void): void {
  const path = join(folder, file);
  if (!existsSync(path)) {
    test.skip(`${name}: no ${file} in ${folder}`, () => {});
    return;
  }
  test(name, () => run(readFileSync(path, "utf8").replace(/^\uFEFF/, "")));
}

/** The text of a file of vectors; the caller has made sure of it. */
export function readVectors(file: string): string {
  return readFileSync(join(folder, file), "utf8").replace(/^\uFEFF/, "");
}

/** The columns of a table with a heading, as text, by name. */
export function parseTable(text: string): Readonly<Record<string, readonly string[]>> {
  const [heading = "", ...rows] = text.trim().split(/\r?\n/);
  const cells = rows.map((row) => row.split(","));
  return Object.fromEntries(heading.split(",").map((name, index) => [name, cells.map((row) => row[index] ?? "")]));
}

/** Bars of a table; columns it lacks are filled with the close, a volume with 1. */
export function barsOf(table: Readonly<Record<string, readonly string[]>>): BarColumns {
  const find = (name: string): readonly string[] | undefined =>
    Object.entries(table).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  const times = find("date") ?? find("time") ?? [];
  const close = find("close") ?? [];
  const columns = allocateBars(close.length);
  for (const name of BAR_COLUMN_NAMES) {
    const values = name === "openTime" ? times.map(timeOf) : (find(name) ?? (name === "volume" ? close.map(() => "1") : close)).map(Number);
    columns[name].set(values);
  }
  return columns;
}

/** Numbers of a column, NaN for empty cells. */
export function numbersOf(cells: readonly string[] | undefined): number[] {
  return (cells ?? []).map((cell) => (cell.trim() === "" ? NaN : Number(cell)));
}

/** Expects our line to have a number wherever the table has one, and the same. */
export function expectLine(line: Float64Array, expected: readonly (number | null)[], tolerance: Tolerance = {}): void {
  const { relative = 1e-9, absolute = 1e-9, from = 0, to = expected.length } = tolerance;
  let compared = 0;
  expected.forEach((theirs, row) => {
    if (theirs === null || Number.isNaN(theirs) || row < from || row >= to) return;
    compared += 1;
    const ours = line[row] as number;
    if (Math.abs(ours - theirs) <= Math.max(absolute, relative * Math.abs(theirs))) return;
    expect.fail(`row ${row}: ours ${ours}, theirs ${theirs}`);
  });
  expect(compared, "number of values compared").toBeGreaterThan(0);
}

function timeOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  const time = Date.parse(`${text.replace(/ .*$/, "").replace(/T.*$/, "")} UTC`);
  return Number.isNaN(time) ? 0 : time;
}
