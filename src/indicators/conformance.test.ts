/**
 * Every indicator that shares its definition with TA-Lib gives TA-Lib's numbers, for each variant of each table in the folder
 * of vectors: pairs of `<name>.csv` (t,open,high,low,close,volume) and `<name>.talib.json.gz`.
 * METAEXPERT_INDICATOR_VECTORS names another folder.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { BAR_COLUMN_NAMES, allocateBars, type BarColumns } from "../domain/bar.ts";
import { catalogue } from "./catalogue/catalogue.ts";
import type { Study } from "./indicator.ts";
import { PairIndicator } from "./pair-indicator.ts";
import { SeriesIndicator } from "./series-indicator.ts";
import type { SourceName } from "./indicator.ts";
import type { IndicatorSpecification, ParameterValues } from "./specification.ts";

interface Vector {
  readonly name: string;
  readonly variant: string;
  readonly params: Readonly<Record<string, number>>;
  /** Names of columns; one entry with several names means whole bars. */
  readonly inputs: readonly string[];
  readonly lookback: number;
  readonly begin: number;
  readonly count: number;
  /** Outputs in TA-Lib's order; null stands for what is not a finite number. */
  readonly outputs: Readonly<Record<string, readonly (number | null)[]>>;
}

const TOLERANCE = 1e-9;
const standardFolder = resolve(import.meta.dirname, "../../../shared/reference/conformance/indicators/talib_generated");
const folder = process.env["METAEXPERT_INDICATOR_VECTORS"] ?? standardFolder;
const tables = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".talib.json.gz")) : [];

if (tables.length === 0) test.skip(`TA-Lib's numbers: no vectors in ${folder}`, () => {});

for (const table of tables) {
  describe(table, () => {
    const { input, functions } = readTable(table);
    const columns = readBars(join(folder, input));
    const names = [...new Set(functions.map((vector) => vector.name))];

    test("there is one of ours for every function", () => {
      expect(names.filter((name) => specificationOf(name) === undefined)).toEqual([]);
    });

    for (const name of names) {
      const specification = specificationOf(name);
      if (specification === undefined) continue;
      for (const vector of functions.filter((candidate) => candidate.name === name)) {
        test(`${specification.name} gives the numbers of TA-Lib's ${name} (${vector.variant})`, () => {
          check(specification, vector, columns);
        });
      }
    }
  });
}

function specificationOf(name: string): IndicatorSpecification | undefined {
  return catalogue.find(({ talib }) => talib?.function === name);
}

function check(specification: IndicatorSpecification, vector: Vector, columns: BarColumns): void {
  const study = make(specification, vector);
  expect(study.warmup, "warm-up is TA-Lib's lookback + 1").toBe(vector.lookback + 1);
  const results = study.over(columns);
  // The difference of two averages is as uncertain as the last bits of the prices they were made of.
  const noise = specification.scaling === "price" ? 1e-15 * columns.high.reduce((max, price) => Math.max(max, Math.abs(price)), 0) : 0;
  const lines = specification.talib?.lines ?? [];
  expect(lines.length, "one line per output of TA-Lib").toBe(Object.keys(vector.outputs).length);
  Object.entries(vector.outputs).forEach(([output, expected], index) => {
    const line = results[lines[index] as string] as Float64Array;
    expect(line, `line ${lines[index] ?? "?"} for ${output}`).toBeInstanceOf(Float64Array);
    expect(Math.max(0, columns.length - vector.lookback), `number of values of ${output}`).toBe(vector.count);
    for (let row = 0; row < Math.min(vector.lookback, columns.length); row += 1) expect(line[row], `${output} row ${row}`).toBeNaN();
    const difference = firstDifference(line, expected, vector.begin, noise);
    expect(difference, `${output}: the first row that differs`).toBeUndefined();
  });
}

/** The first row that differs by more than the tolerance, with both numbers. */
function firstDifference(line: Float64Array, expected: readonly (number | null)[], begin: number, noise: number): string | undefined {
  const largest = expected.reduce<number>((max, value) => Math.max(max, Math.abs(value ?? 0)), 0);
  const floor = Math.max(noise, largest * 1e-14);
  for (const [index, theirs] of expected.entries()) {
    const ours = line[begin + index] as number;
    if (theirs === null ? Number.isNaN(ours) : Math.abs(ours - theirs) <= Math.max(TOLERANCE * Math.abs(theirs), floor)) continue;
    return `row ${begin + index}: ours ${ours}, TA-Lib's ${String(theirs)}`;
  }
  return undefined;
}

function make(specification: IndicatorSpecification, vector: Vector): Study {
  const { talib } = specification;
  const values: Record<string, number | string> = { ...talib?.fixed };
  for (const [optional, value] of Object.entries(vector.params)) {
    const name = talib?.parameters[optional];
    const parameter = specification.parameters.find((candidate) => candidate.name === name);
    expect(parameter, `our parameter for ${optional}`).toBeDefined();
    if (parameter === undefined) continue;
    values[parameter.name] = parameter.kind === "choice" ? (parameter.choices[value] as string) : value;
  }
  return withSources(specification.create(values satisfies ParameterValues), vector.inputs);
}

function withSources(study: Study, inputs: readonly string[]): Study {
  const [first, second] = inputs as readonly SourceName[];
  if (study instanceof SeriesIndicator && inputs.length === 1 && first !== undefined) return study.of(first);
  if (study instanceof PairIndicator && first !== undefined && second !== undefined) return study.of(first, second);
  return study;
}

function readTable(table: string): { readonly input: string; readonly functions: readonly Vector[] } {
  const text = gunzipSync(readFileSync(join(folder, table))).toString("utf8");
  return JSON.parse(text.replaceAll(/-?\b(?:NaN|Infinity)\b/g, "null")) as { input: string; functions: Vector[] };
}

function readBars(file: string): BarColumns {
  const rows = readFileSync(file, "utf8").trim().split("\n").slice(1);
  const columns = allocateBars(rows.length);
  rows.forEach((text, row) => {
    text.split(",").forEach((cell, index) => {
      const name = BAR_COLUMN_NAMES[index];
      if (name !== undefined) columns[name][row] = Number(cell);
    });
  });
  return columns;
}
