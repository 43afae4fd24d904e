import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importFiles, type ImportReport } from "../../src/archive/import/import.ts";
import { ParquetArchive } from "../../src/archive/parquet/parquet-archive.ts";
import { seriesName } from "../../src/archive/series-path.ts";
import { type SeriesCheck, verifySeries } from "../../src/archive/verify.ts";
import { DAY_MS } from "../../src/domain/timeframe.ts";
import { FOLDERS } from "./provenance-facts.ts";

/** The optional market data folder: files of exchanges and of other programs, and a PROVENANCE.md that says what they hold. */
const data = resolve(import.meta.dirname, "../../../shared/data");

describe.skipIf(!existsSync(data))("each folder of the optional market data", { timeout: 120_000 }, () => {
  describe.each(FOLDERS)("$folder", ({ folder, series, files, notes = {} }) => {
    const stored = imported(folder);

    it("every file has the fate that its content asks for", () => {
      const fates = { imported: 0, skipped: 0, unrecognised: 0, failed: 0 };
      for (const { status } of stored.report.files) fates[status] += 1;
      expect(fates).toEqual({ imported: 0, skipped: 0, unrecognised: 0, failed: 0, ...files });
    });

    it("holds these series, rows, times and gaps", () => {
      const found = [...stored.checks].map(([name, { rows, firstTime, lastTime, gaps, missing }]) => {
        return [name, rows, timeText(firstTime), timeText(lastTime), gaps.length, missing];
      });
      expect(found).toEqual(series);
    });

    it("has no bar that breaks low ≤ open, close ≤ high, and none twice", () => {
      for (const { faults } of stored.checks.values()) expect(Object.values(faults).map(({ count }) => count)).toEqual([0, 0, 0]);
    });

    for (const [file, note] of Object.entries(notes)) {
      it(`says of ${file}: ${note}`, () => {
        const about = stored.report.files.find(({ title }) => title.startsWith(join(data, folder, file)));
        expect(about?.message).toContain(note);
      });
    }
  });
});

describe.skipIf(!existsSync(data))("the whole of the optional market data, imported in one command", { timeout: 120_000 }, () => {
  const stored = imported("");

  it("makes every series of every folder", () => {
    const names = new Set(FOLDERS.flatMap(({ series }) => series.map(([name]) => name)));
    expect([...stored.checks.keys()]).toEqual([...names].toSorted());
  });

  it("refuses one file only, whose candles cannot be true", () => {
    const refused = stored.report.files.filter(({ status }) => status === "failed").map(({ title }) => title.slice(data.length + 1));
    expect(refused).toEqual(["gct/binance_BTCUSDT_24h_2019_01_01_2020_01_01.csv"]);
  });

  it("finds that files of the same rows in other formats say the same", () => {
    expect(stored.report.series.filter(({ replaced }) => replaced > 0)).toEqual([]);
    expect(stored.report.series.filter(({ unchanged }) => unchanged > 0).map((entry) => `${entry.series} ${entry.unchanged}`)).toEqual([
      "binance/linear/DOGEUSDT/openInterest 28",
      "binance/linear/LINKUSDT/openInterest 28",
      "binance/linear/LTCUSDT/openInterest 28",
      "local/linear/XRPUSDT/bars/1h/trade 100",
      "local/spot/UNITTESTBTC/bars/1m/trade 13681",
      "local/spot/XRPETH/trades 24954",
    ]);
  });

  it("keeps bars that Binance opened off the full minute after the outage of February 2018, and tells of them", () => {
    const check = stored.checks.get("binance/spot/BTCUSDT/bars/1m/trade");
    expect(check?.offGrid.count).toBe(1_201);
    expect(timeText(check?.offGrid.times[0])).toBe("2018-02-09 09:59:14.789");
    expect(check?.gaps.map(({ after, missing }) => `${timeText(after)} ${missing}`)).toEqual([
      "2018-02-08 00:28 2010",
      "2018-02-10 05:59:14.789 15",
      "2018-02-11 04:00 34",
      "2018-02-28 23:59 2018880",
    ]);
  });

  it("takes KuCoin's weeks from Thursday for a grid of their own, and Binance's three days for ours", () => {
    expect(stored.checks.get("kucoin/spot/LINKUSDT/bars/1w/trade")).toMatchObject({ phase: 3 * DAY_MS, offGrid: { count: 0 } });
    expect(stored.checks.get("binance/spot/ADAUSDT/bars/3d/trade")).toMatchObject({ phase: 0, offGrid: { count: 0 } });
  });

  it("tells of bars that are named after the last day of their month", () => {
    expect(stored.checks.get("local/spot/BTCUSD/bars/1M/trade")?.offGrid.count).toBe(156);
  });

  it("knows tick and lot sizes of thousands of instruments, and guesses those of the others", async () => {
    const { archive, report } = stored;
    expect(report.instruments).toBe(10_231);
    const steps = async (exchange: string, market: "spot" | "linear", symbol: string) => {
      const instrument = await archive.instrument({ exchange, market, symbol });
      return [instrument?.priceStep, instrument?.quantityStep, instrument?.quantityMin, instrument?.notionalMin];
    };
    expect(await steps("binance", "spot", "BTCUSDT")).toEqual(["0.01", "0.00001", undefined, "5"]);
    expect(await steps("bybit", "linear", "BTCUSDT")).toEqual(["0.10", "0.001", "0.001", undefined]);
    expect(await steps("local", "spot", "GOOG")).toEqual(["0.01", "1", undefined, undefined]);
  });
});

interface Stored {
  archive: ParquetArchive;
  report: ImportReport;
  readonly checks: Map<string, SeriesCheck>;
}

/** Imports a folder of the market data before the tests around and removes what was stored after them. */
function imported(folder: string): Stored {
  const stored: Stored = { archive: new ParquetArchive(""), report: { files: [], series: [], instruments: 0, left: 0 }, checks: new Map() };
  let root = "";
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "metaexpert-provenance-"));
    stored.archive = new ParquetArchive(root);
    stored.report = await importFiles(stored.archive, [join(data, folder)]);
    for (const { key } of await stored.archive.list()) stored.checks.set(seriesName(key), await verifySeries(stored.archive, key));
  }, 120_000);
  afterAll(() => rm(root, { recursive: true, force: true }));
  return stored;
}

function timeText(time = NaN): string {
  const text = new Date(time).toISOString().replace("T", " ").replace("Z", "");
  return text.replace(/:00\.000$/, "").replace(/\.000$/, "");
}
