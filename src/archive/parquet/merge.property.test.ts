import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Table } from "./columns.ts";
import { mergeByTime, mergeTrades } from "./merge.ts";

const point = fc.record({ time: fc.integer({ min: 0, max: 40 }), value: fc.integer({ min: 0, max: 3 }) });
const points = fc.uniqueArray(point, { selector: ({ time }) => time }).map((rows) => rows.toSorted((one, other) => one.time - other.time));
const trade = fc.record({ time: fc.integer({ min: 0, max: 5 }), value: fc.integer({ min: 0, max: 2 }) });
const trades = fc.array(trade, { maxLength: 30 }).map((rows) => rows.toSorted((one, other) => one.time - other.time));

describe("joining new rows with stored ones", () => {
  it("gives what a map by time gives, and counts right", () => {
    fc.assert(
      fc.property(points, points, (old, fresh) => {
        const { table, result } = mergeByTime(tableOf(old), tableOf(fresh));
        const model = new Map([...old, ...fresh].map(({ time, value }) => [time, value]));
        expect(rowsOf(table)).toEqual([...model].toSorted(([one], [other]) => one - other).map(([time, value]) => ({ time, value })));
        const before = new Map(old.map(({ time, value }) => [time, value]));
        expect(result.added).toBe(fresh.filter(({ time }) => !before.has(time)).length);
        expect(result.unchanged).toBe(fresh.filter(({ time, value }) => before.get(time) === value).length);
        expect(result.added + result.unchanged + result.replaced).toBe(fresh.length);
      }),
    );
  });

  it("keeps of equal trades without ids as many as the richer side has", () => {
    fc.assert(
      fc.property(trades, trades, (old, fresh) => {
        const { table } = mergeTrades(tableOf(old), tableOf(fresh));
        const count = (rows: readonly { time: number; value: number }[], time: number, value: number): number =>
          rows.filter((row) => row.time === time && row.value === value).length;
        const merged = rowsOf(table);
        for (let time = 0; time <= 5; time += 1) {
          for (let value = 0; value <= 2; value += 1) {
            expect(count(merged, time, value)).toBe(Math.max(count(old, time, value), count(fresh, time, value)));
          }
        }
        expect(merged.map(({ time }) => time)).toEqual(merged.map(({ time }) => time).toSorted((one, other) => one - other));
      }),
    );
  });

  it("changes nothing when the same rows come again", () => {
    fc.assert(
      fc.property(trades, (rows) => {
        expect(mergeTrades(tableOf(rows), tableOf(rows)).result).toEqual({ added: 0, unchanged: rows.length, replaced: 0 });
      }),
    );
  });
});

function tableOf(rows: readonly { time: number; value: number }[]): Table {
  return {
    rows: rows.length,
    columns: [
      { name: "time", type: "time", values: Float64Array.from(rows, ({ time }) => time) },
      { name: "value", type: "double", values: Float64Array.from(rows, ({ value }) => value) },
    ],
  };
}

function rowsOf(table: Table): { time: number; value: number }[] {
  return Array.from({ length: table.rows }, (_, row) => ({
    time: table.columns[0]?.values[row] as number,
    value: table.columns[1]?.values[row] as number,
  }));
}
