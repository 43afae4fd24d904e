import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { faultRows } from "./catalogue.ts";

const root = join(import.meta.dirname, "../..");

/** The id at the start of a test's name, as in `it("F01: …", …)` or `it.each(…)("F01: …", …)`. */
const NAME = /\(\s*["'`](F\d+): /g;

describe("the catalogue of faults", () => {
  const tested = testedRows();

  it("has every row from F01 to F104 once, in order", () => {
    const ids = Array.from({ length: 104 }, (_, index) => `F${String(index + 1).padStart(2, "0")}`);
    expect(faultRows.map(({ id }) => id)).toEqual(ids);
  });

  it("has a test for each row that says it is tested", () => {
    const missing = faultRows.filter((row) => "tests" in row && !tested.has(row.id));
    expect(missing.map(({ id, title }) => `${id} ${title}`)).toEqual([]);
  });

  it("says of each row without a test why in one sentence", () => {
    const silent = faultRows.filter((row) => "notYet" in row && !/\S+ \S+ \S+/.test(row.notYet));
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it("says of no row that has a test that it does not apply yet", () => {
    const stale = faultRows.filter((row) => "notYet" in row && tested.has(row.id));
    expect(stale.map(({ id }) => `${id} ${(tested.get(id) ?? []).join(", ")}`)).toEqual([]);
  });

  it("knows each row that a test names", () => {
    const known = new Set(faultRows.map(({ id }) => id));
    expect([...tested.keys()].filter((id) => !known.has(id))).toEqual([]);
  });
});

/** Which test files name which row. */
function testedRows(): ReadonlyMap<string, readonly string[]> {
  const rows = new Map<string, string[]>();
  for (const folder of ["src", "test"]) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      if (!entry.endsWith(".test.ts")) continue;
      const file = join(folder, entry);
      for (const [, id] of readFileSync(join(root, file), "utf8").matchAll(NAME)) {
        if (id !== undefined) rows.set(id, [...(rows.get(id) ?? []), file]);
      }
    }
  }
  return rows;
}
