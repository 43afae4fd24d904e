import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, it } from "vitest";
import { ParquetArchive } from "../parquet/parquet-archive.ts";
import { importFiles } from "./import.ts";

/** Properties: whatever happens to a file's bytes, an import reports it and ends; it never throws and never hangs. */

const CSV = `time,open,high,low,close,volume\n${Array.from({ length: 20 }, (_, row) => `${1_640_995_200_000 + row * 60_000},10.5,12,9,11,${row}\n`).join("")}`;
let root = "";
const files = new Map<string, Uint8Array>();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "metaexpert-damage-"));
  const date = BigInt64Array.from({ length: 20 }, (_, row) => BigInt(1_640_995_200_000 + row * 60_000));
  const value = Float64Array.from({ length: 20 }, () => 10);
  files.set("BTCUSDT-1m.csv", strToU8(CSV));
  files.set("BTCUSDT-1m-2022-01.zip", zipSync({ "BTCUSDT-1m-2022-01.csv": strToU8(CSV.slice(32)) }));
  files.set("BTC_USDT-1m.json", strToU8(JSON.stringify(Array.from(date, (time) => [Number(time), 10, 12, 9, 11, 5]))));
  files.set("BTC_USDT-trades.json.gz", gzipSync(JSON.stringify([[1_640_995_200_000, "1", null, "buy", 10, 1, 10]])));
  files.set(
    "BTC_USDT-1m.feather",
    tableToIPC(tableFromArrays({ date, open: value, high: value, low: value, close: value, volume: value }), "file"),
  );
  const parquet = join(root, "given.parquet");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(
    `COPY (SELECT TIMESTAMP '2022-01-01' + INTERVAL (i) MINUTE AS time, 1.0 AS open, 2 AS high, 1 AS low, 1 AS close, 5 AS volume FROM range(20) t(i)) TO '${parquet}' (FORMAT parquet)`,
  );
  files.set("BTCUSDT-1m.parquet", await readFile(parquet));
  const sqlite = join(root, "given.data");
  const database = new DatabaseSync(sqlite);
  database.exec("CREATE TABLE ohlcv (timestamp, exchange_name, cryptocurrency, symbol, time_frame, candle)");
  database.exec("INSERT INTO ohlcv VALUES (1640995260, 'binance', 'BTC', 'BTC/USDT', '1m', '[1640995200, 10, 12, 9, 11, 5]')");
  database.close();
  files.set("history.data", await readFile(sqlite));
});
afterAll(() => rm(root, { recursive: true }));

/** Bytes overwritten at some places, and some taken off the end. */
const damage = fc.record({
  changes: fc.array(fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 0, max: 255 })), {
    maxLength: 6,
  }),
  kept: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
});

describe("an import of a damaged file reports it and ends:", () => {
  it.each([
    "BTCUSDT-1m.csv",
    "BTCUSDT-1m-2022-01.zip",
    "BTC_USDT-1m.json",
    "BTC_USDT-trades.json.gz",
    "BTC_USDT-1m.feather",
    "BTCUSDT-1m.parquet",
    "history.data",
  ])("%s", async (name) => {
    const archive = new ParquetArchive(join(root, "archive"));
    const file = join(root, name);
    await fc.assert(
      fc.asyncProperty(damage, async ({ changes, kept }) => {
        const bytes = Uint8Array.from(files.get(name) ?? []);
        for (const [place, value] of changes) bytes[Math.floor(place * bytes.length)] = value;
        await writeFile(file, bytes.subarray(0, Math.ceil(bytes.length * kept)));
        const report = await importFiles(archive, [file], { dryRun: true });
        return report.files.length === 1;
      }),
      { numRuns: 150 },
    );
  });

  it("text of any kind", async () => {
    const archive = new ParquetArchive(join(root, "archive"));
    const file = join(root, "BTCUSDT-1m.csv");
    const field = fc.oneof(
      fc.integer().map(String),
      fc.double().map(String),
      fc.string({ maxLength: 6 }),
      fc.constantFrom("time", "open", '"', "2022-01-01", ""),
    );
    const text = fc.array(
      fc.array(field, { maxLength: 8 }).map((fields) => fields.join(",")),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(text, async (lines) => {
        await writeFile(file, lines.join("\n"));
        const report = await importFiles(archive, [file], { dryRun: true });
        return report.files.length === 1;
      }),
      { numRuns: 400 },
    );
  });
});
