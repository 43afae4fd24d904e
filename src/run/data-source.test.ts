import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Archive } from "../archive/archive.ts";
import { openArchive } from "../archive/open.ts";
import type { Instrument } from "../domain/instrument.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import { defineExpert } from "../expert/define.ts";
import type { RunOptions } from "../expert/options.ts";
import { resolveRunOptions } from "../expert/resolve.ts";
import { bars } from "../testing/bars.ts";
import { archiveData } from "./data-source.ts";

const start = Date.UTC(2024, 0, 1);
const now = Date.UTC(2026, 0, 1);
const expert = defineExpert({ name: "Test", symbol: "BTCUSDT", timeframe: "1h" }, () => {});
const runOf = (options: RunOptions = {}) => resolveRunOptions(expert.options, options);

let folder: string;
let archive: Archive;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metaexpert-source-"));
  archive = openArchive(folder);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("of several stored timeframes", () => {
  test("the finest that covers the period is taken", async () => {
    await store("1m", 48 * 60);
    await store("5m", 48 * 12);
    await store("1h", 48);
    expect((await archiveData(archive, runOf(), now)).streams).toEqual([{ symbol: "BTCUSDT", timeframe: "1m" }]);
  });

  test("a coarser one is taken when it covers much more", async () => {
    await store("1m", 60);
    await store("1h", 48);
    expect((await archiveData(archive, runOf(), now)).streams[0]?.timeframe).toBe("1h");
  });

  test("a coarser one is left alone for a period that the finer one covers", async () => {
    await store("1m", 24 * 60);
    await store("1h", 480);
    const { streams } = await archiveData(archive, runOf({ to: start + DAY_MS }), now);
    expect(streams[0]?.timeframe).toBe("1m");
  });

  test("one that the expert's bars cannot be built from is refused by name", async () => {
    await store("4h", 10);
    await expect(archiveData(archive, runOf(), now)).rejects.toThrow(/has binance spot BTCUSDT in 4h only, and bars of 1h cannot be built/);
  });
});

describe("the period", () => {
  test("is all that is stored when the run names none", async () => {
    await store("1m", 120);
    expect(await archiveData(archive, runOf(), now)).toMatchObject({ from: start, to: start + 2 * HOUR_MS, warnings: [] });
  });

  test("is run as far as the data goes, with a warning for each end that is missing", async () => {
    await store("1m", 120);
    const { warnings } = await archiveData(archive, runOf({ from: start - DAY_MS, to: start + DAY_MS }), now);
    expect(warnings).toEqual(["BTCUSDT 1m begins on 2024-01-01, after the run", "BTCUSDT 1m ends on 2024-01-01T02:00, before the run"]);
  });

  test("may not begin in the future", async () => {
    await store("1m", 120);
    await expect(archiveData(archive, runOf({ from: now + 1_000 }), now)).rejects.toThrow(/^from: .* lies in the future/);
  });

  test("is read with the warm-up before it and nothing after it", async () => {
    await store("1m", 240);
    const data = await archiveData(archive, runOf({ from: start + HOUR_MS, to: start + 2 * HOUR_MS }), now);
    await using feed = await data.open(10 * MINUTE_MS);
    const times: number[] = [];
    for (let event = await feed.next(); event !== undefined; event = await feed.next()) {
      if (event.kind === "bars") times.push(...event.columns.openTime.subarray(event.from, event.to));
    }
    expect([times[0], times.at(-1), times.length]).toEqual([start + 50 * MINUTE_MS, start + 119 * MINUTE_MS, 70]);
  });
});

test("the hash names the data that is read: another warm-up, period or price gives another", async () => {
  await store("1m", 120);
  const data = await archiveData(archive, runOf({ from: start + HOUR_MS }), now);
  const again = await archiveData(archive, runOf({ from: start + HOUR_MS }), now);
  expect(await again.hash(0)).toBe(await data.hash(0));
  expect(await data.hash(MINUTE_MS)).not.toBe(await data.hash(0));
});

test("funding comes with the bars of a perpetual", async () => {
  const linear = { exchange: "binance", market: "linear", symbol: "BTCUSDT" } as const;
  await store("1m", 600, "linear");
  const payments = { length: 1, time: Float64Array.of(start + 8 * HOUR_MS), value: Float64Array.of(0.0001) };
  await archive.appendPoints({ ...linear, kind: "funding" }, payments);
  const data = await archiveData(archive, runOf({ marketType: "futures" }), now);
  await using feed = await data.open(0);
  const kinds: string[] = [];
  for (let event = await feed.next(); event !== undefined; event = await feed.next())
    if (kinds.at(-1) !== event.kind) kinds.push(event.kind);
  expect(kinds).toEqual(["bars", "funding", "bars"]);
});

async function store(timeframe: Timeframe, count: number, market: "spot" | "linear" = "spot"): Promise<void> {
  const common = { symbol: "BTCUSDT", exchange: "binance", baseAsset: "BTC", quoteAsset: "USDT", settleAsset: "USDT", priceStep: "0.01" };
  const instrument: Instrument =
    market === "spot"
      ? { ...common, kind: "spot", quantityStep: "0.00001" }
      : { ...common, kind: "perpetual", quantityStep: "0.001", contractType: "linear", contractSize: "1" };
  const columns = bars(
    timeframe,
    Array.from({ length: count }, (_, row) => 100 + (row % 7)),
    { from: start },
  );
  expect(columns.openTime[1]).toBe(start + timeframeMs(timeframe));
  await archive.saveInstruments([instrument]);
  await archive.appendBars({ exchange: "binance", market, symbol: "BTCUSDT", kind: "bars", timeframe, priceType: "trade" }, columns);
}
