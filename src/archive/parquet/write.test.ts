import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../base/random.ts";
import type { Table } from "./columns.ts";
import { readParquet } from "./read.ts";
import { encodeParquet, GROUP_ROWS } from "./write.ts";

const NEW_YEAR = Date.UTC(2022, 0, 1);
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "metaexpert-parquet-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a Parquet file of ours", () => {
  it("says the same to DuckDB as to our own reader, over several row groups", async () => {
    const table = trades(GROUP_ROWS + 1_000);
    const file = await write("trades.parquet", table);
    const [count, first, last, price, side, ids] = (
      await query(
        `SELECT count(*)::INT, epoch_us(min(time))::DOUBLE, epoch_us(max(time))::DOUBLE, sum(price)::DOUBLE, sum(side)::INT, count(DISTINCT id)::INT FROM '${file}'`,
      )
    )[0] as number[];
    const rows = await readAll(file);
    expect(count).toBe(rows.length);
    expect(first).toBe((rows[0]?.["time"] as number) * 1_000);
    expect(last).toBe((rows.at(-1)?.["time"] as number) * 1_000);
    expect(price).toBeCloseTo(
      rows.reduce((sum, row) => sum + (row["price"] as number), 0),
      3,
    );
    expect(side).toBe(rows.reduce((sum, row) => sum + (row["side"] as number), 0));
    expect(ids).toBe(new Set(rows.map((row) => row["id"])).size);
    expect(rows).toEqual(rowsOf(table));
  });

  it("has the types that its columns name", async () => {
    const file = await write("types.parquet", trades(3));
    const types = (await query(`DESCRIBE SELECT * FROM '${file}'`)).map(([name, type]) => `${String(name)} ${String(type)}`);
    expect(types).toEqual(["time TIMESTAMP", "price DOUBLE", "side TINYINT", "id VARCHAR"]);
  });

  it("is filtered by DuckDB on the times in its statistics", async () => {
    const file = await write("statistics.parquet", trades(GROUP_ROWS * 2));
    const [[count] = []] = await query(`SELECT count(*)::INT FROM '${file}' WHERE time < TIMESTAMP '2022-01-01 00:00:10'`);
    expect(count).toBe((await readAll(file, { to: NEW_YEAR + 10_000 })).length);
  });

  it("is read row group by row group, only those that the range touches", async () => {
    const file = await write("groups.parquet", trades(GROUP_ROWS * 2 + 1));
    const chunks: number[] = [];
    for await (const { rows } of readParquet(file, { from: NEW_YEAR + GROUP_ROWS * 7 })) chunks.push(rows);
    expect(chunks).toEqual([GROUP_ROWS, 1]);
  });

  it.each([
    ["a byte is changed", (bytes: Buffer) => bytes.fill(bytes.readUInt8(2_000) ^ 1, 2_000, 2_001)],
    ["its end is missing", (bytes: Buffer) => bytes.subarray(0, bytes.length - 10)],
    ["it is empty", (bytes: Buffer) => bytes.subarray(0, 0)],
  ])("is refused when %s", async (_, damage) => {
    const file = join(folder, "damaged.parquet");
    await writeFile(file, damage(Buffer.concat(await encodeParquet(trades(5_000)))));
    await expect(readAll(file)).rejects.toThrow(/damaged|not a complete Parquet file/);
  });

  it("is told from one that another program wrote", async () => {
    const file = join(folder, "other.parquet");
    await query(`COPY (SELECT 1 AS one) TO '${file}' (FORMAT parquet)`);
    await expect(readAll(file)).rejects.toThrow(/another program.*data import/);
  });
});

function trades(rows: number): Table {
  const random = createRandom(7);
  return {
    rows,
    columns: [
      {
        name: "time",
        type: "time",
        values: Float64Array.from({ length: rows }, (_, row) => NEW_YEAR + row * 7 + (row % 3 === 0 ? 0.125 : 0)),
      },
      { name: "price", type: "double", values: Float64Array.from({ length: rows }, () => Math.round(random.next() * 1e6) / 100) },
      { name: "side", type: "side", values: Int8Array.from({ length: rows }, () => random.integer(-1, 1)) },
      { name: "id", type: "text", values: Array.from({ length: rows }, (_, row) => (row % 5 === 0 ? "" : `${row}é`)) },
    ],
  };
}

async function write(name: string, table: Table): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, Buffer.concat(await encodeParquet(table)));
  return file;
}

async function readAll(file: string, range = {}): Promise<Record<string, unknown>[]> {
  const parts: Record<string, unknown>[][] = [];
  for await (const table of readParquet(file, range)) parts.push(rowsOf(table));
  return parts.flat();
}

function rowsOf(table: Table): Record<string, unknown>[] {
  return Array.from({ length: table.rows }, (_, row) => Object.fromEntries(table.columns.map(({ name, values }) => [name, values[row]])));
}

async function query(sql: string): Promise<readonly (readonly unknown[])[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRows();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
