import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bar, columnsOf } from "../domain/bar.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { BarSeriesKey } from "./archive.ts";
import { exportSeries, type ExportOptions } from "./export.ts";
import { ParquetArchive } from "./parquet/parquet-archive.ts";
import { hasFaults, verifySeries } from "./verify.ts";

const MONDAY = Date.UTC(2022, 0, 3);
const MINUTE = 60_000;
const DAY = 86_400_000;
let root = "";
let archive: ParquetArchive;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "metaexpert-verify-"));
  archive = new ParquetArchive(root);
});
afterEach(() => rm(root, { recursive: true }));

function keyOf(timeframe: Timeframe): BarSeriesKey {
  return { exchange: "binance", market: "spot", symbol: "BTCUSDT", kind: "bars", timeframe, priceType: "trade" };
}

function bar(openTime: number, { price = 10, volume = 1, high = price }: { price?: number; volume?: number; high?: number } = {}): Bar {
  return { openTime, open: price, high, low: price, close: price, volume };
}

async function check(timeframe: Timeframe, bars: readonly Bar[]) {
  await archive.appendBars(keyOf(timeframe), columnsOf(bars));
  return verifySeries(archive, keyOf(timeframe));
}

describe("verifying a series", () => {
  it("finds gaps with their length, and none in a whole series", async () => {
    const found = await check(
      "1m",
      [0, 1, 4, 5, 6].map((minute) => bar(MONDAY + minute * MINUTE)),
    );
    expect(found.gaps).toEqual([{ after: MONDAY + MINUTE, before: MONDAY + 4 * MINUTE, missing: 2 }]);
    expect(found.missing).toBe(2);
    expect(hasFaults(found)).toBe(false);
  });

  it("counts months as they are, whatever their length", async () => {
    const found = await check(
      "1M",
      [0, 1, 2, 5].map((month) => bar(Date.UTC(2022, month, 1))),
    );
    expect(found.gaps.map(({ missing }) => missing)).toEqual([2]);
  });

  it("tells of bars off the grid, which make no gaps", async () => {
    const found = await check(
      "1m",
      [0, 60_000 + 14_789, 120_000 + 14_789, 180_000].map((ms) => bar(MONDAY + ms)),
    );
    expect(found.offGrid).toEqual({ count: 2, times: [MONDAY + 74_789, MONDAY + 134_789] });
    expect(found.missing).toBe(0);
  });

  it("takes weeks from Thursday for a grid of their own", async () => {
    const found = await check(
      "1w",
      [3, 10, 24].map((day) => bar(MONDAY + day * DAY)),
    );
    expect([found.phase, found.offGrid.count, found.missing]).toEqual([3 * DAY, 0, 1]);
  });

  it("tells of runs without volume, but not of a source without volumes", async () => {
    const bars = [1, 0, 0, 1, 0].map((volume, minute) => bar(MONDAY + minute * MINUTE, { volume }));
    const { quiet } = await check("1m", bars);
    expect(quiet).toEqual({ bars: 3, runs: 2, longest: { from: MONDAY + MINUTE, to: MONDAY + 2 * MINUTE, bars: 2 } });
    expect((await check("5m", [bar(MONDAY, { volume: 0 })])).quiet.bars).toBe(0);
  });

  it("calls impossible prices a fault", async () => {
    const found = await check("1m", [bar(MONDAY), bar(MONDAY + MINUTE, { price: 10, high: 9 })]);
    expect(found.faults.ohlc).toEqual({ count: 1, times: [MONDAY + MINUTE] });
    expect(hasFaults(found)).toBe(true);
  });

  it("says which file is damaged", async () => {
    await check(
      "1m",
      Array.from({ length: 500 }, (_, minute) => bar(MONDAY + minute * MINUTE, { price: 10 + Math.sin(minute) })),
    );
    const folder = join(root, "binance/spot/BTCUSDT/bars/1m/trade");
    const name = (await readdir(folder)).find((file) => file.endsWith(".parquet")) ?? "";
    const bytes = await readFile(join(folder, name));
    bytes.writeUInt8(bytes.readUInt8(400) ^ 1, 400);
    await writeFile(join(folder, name), bytes);
    await expect(verifySeries(archive, keyOf("1m"))).rejects.toThrow(/2022-\w+\.parquet is damaged in column \w+; import the source/);
  });
});

describe("exporting a series", () => {
  async function exported(options: ExportOptions): Promise<string> {
    await archive.appendBars(keyOf("1m"), columnsOf([bar(MONDAY, { price: 1e-7 }), bar(MONDAY + MINUTE + 0.5, { price: 2 })]));
    const parts: Uint8Array[] = [];
    for await (const part of exportSeries(archive, keyOf("1m"), options)) parts.push(part);
    return Buffer.concat(parts).toString("latin1");
  }

  it("as csv writes plain decimals below a header", async () => {
    expect(await exported({ format: "csv" })).toBe(
      `open_time,open,high,low,close,volume\n${MONDAY},0.0000001,0.0000001,0.0000001,0.0000001,1\n${MONDAY + MINUTE}.5,2,2,2,2,1\n`,
    );
  });

  it("as csv writes times as people read them when asked", async () => {
    const text = await exported({ format: "csv", time: "iso", from: MONDAY + MINUTE });
    expect(text.split("\n")[1]).toBe("2022-01-03T00:01:00.000500Z,2,2,2,2,1");
  });

  it("as json writes objects in one list", async () => {
    expect(JSON.parse(await exported({ format: "json" }))).toHaveLength(2);
    expect(JSON.parse(await exported({ format: "json", to: MONDAY }))).toEqual([]);
  });

  it("as Parquet writes one file", async () => {
    expect((await exported({ format: "parquet" })).startsWith("PAR1")).toBe(true);
  });
});
