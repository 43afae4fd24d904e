import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importFiles } from "../../src/archive/import/import.ts";
import { ParquetArchive } from "../../src/archive/parquet/parquet-archive.ts";
import { barsOfTrades, resampleBars, TradeResampler } from "../../src/archive/resample.ts";
import { type Bar, barAt, type BarColumns, concatBars } from "../../src/domain/bar.ts";
import type { Timeframe } from "../../src/domain/timeframe.ts";

/** The optional market data folder, with candles of exchanges in several timeframes. */
const data = resolve(import.meta.dirname, "../../../shared/data");
const folders = ["freqtrade_testdata", "octobot_multi_timeframe", "kucoin_spot"].map((name) => join(data, name));

describe.skipIf(!folders.every((folder) => existsSync(folder)))("bars built from finer data equal the exchange's own", () => {
  let root = "";
  let archive: ParquetArchive;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "metaexpert-exactness-"));
    archive = new ParquetArchive(root);
    await importFiles(archive, folders);
  }, 120_000);
  afterAll(() => rm(root, { recursive: true }));

  async function bars(exchange: string, symbol: string, timeframe: Timeframe): Promise<BarColumns> {
    const chunks: BarColumns[] = [];
    for await (const chunk of archive.readBars({ exchange, market: "spot", symbol, kind: "bars", timeframe, priceType: "trade" }))
      chunks.push(chunk);
    return concatBars(chunks);
  }

  it("trades of XRP/ETH give all 2,469 minutes, open to volume", async () => {
    const resampler = new TradeResampler("1m", { edges: "all" });
    for await (const trades of archive.readTrades({ exchange: "local", market: "spot", symbol: "XRPETH", kind: "trades" }))
      resampler.push(trades);
    const built = list(resampler.finish().bars);
    expect(built).toHaveLength(2_469);
    expect(built).toEqual(list(await bars("local", "XRPETH", "1m")));
  });

  it("trades and minutes of XRP/ETH give all 706 five minutes", async () => {
    const own = list(await bars("local", "XRPETH", "5m"));
    const minutes = await bars("local", "XRPETH", "1m");
    expect(list(resampleBars(minutes, { from: "1m", to: "5m", edges: "all" }).bars)).toEqual(own);
    const parts: BarColumns[] = [];
    for await (const trades of archive.readTrades({ exchange: "local", market: "spot", symbol: "XRPETH", kind: "trades" }))
      parts.push(barsOfTrades(trades, "5m", { edges: "all" }).bars); // prettier-ignore
    expect(parts.flatMap(list)).toEqual(own);
  });

  it.each([
    ["1m", "5m", 99, 0],
    ["1m", "15m", 32, 0],
    ["5m", "15m", 166, 0],
    ["15m", "30m", 249, 0],
    ["15m", "1h", 124, 0],
    ["1h", "2h", 250, 0],
    ["1h", "4h", 125, 0],
    ["2h", "6h", 166, 0],
    ["4h", "8h", 250, 1],
    ["4h", "12h", 167, 1],
    ["4h", "1d", 83, 1],
    ["1d", "3d", 166, 0],
    ["1d", "1w", 70, 0],
    ["1d", "1M", 15, 0],
  ] as const)("ADA/USDT %s gives %s: %i bars, %i of them the last, which was still forming", async (fine, coarse, count, forming) => {
    const own = new Map(list(await bars("binance", "ADAUSDT", coarse)).map((bar) => [bar.openTime, bar]));
    const built = list(resampleBars(await bars("binance", "ADAUSDT", fine), { from: fine, to: coarse }).bars);
    expect(built).toHaveLength(count);
    const finished = built.slice(0, count - forming);
    expect(finished).toEqual(finished.map(({ openTime }) => own.get(openTime)));
  });

  it("days of KuCoin give its weeks from Thursday", async () => {
    const own = new Map(list(await bars("kucoin", "LINKUSDT", "1w")).map((bar) => [bar.openTime, bar]));
    const built = list(resampleBars(await bars("kucoin", "LINKUSDT", "1d"), { from: "1d", to: "1w", epochWeeks: true }).bars);
    expect(built).toHaveLength(127);
    expect(built).toEqual(built.map(({ openTime }) => own.get(openTime)));
  });
});

function list(bars: BarColumns): Bar[] {
  return Array.from({ length: bars.length }, (_, row) => barAt(bars, row));
}
