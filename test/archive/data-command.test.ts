import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { main } from "../../src/apps/cli/main.ts";
import { VirtualClock } from "../../src/base/clock.ts";

const HEADER = "time,open,high,low,close,volume\n";
let cwd = "";

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "metaexpert-data-"));
  await mkdir(join(cwd, "given"));
});
afterEach(() => rm(cwd, { recursive: true }));

/** Runs a command line in the test's folder. */
async function run(line: string): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const code = await main(line.split(" "), {
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
    isInputTerminal: false,
    env: { METAEXPERT_HOME: join(cwd, "home") },
    cwd,
    clock: new VirtualClock(0),
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

/** So many minutes of bars from a minute of 2022 on. */
function minutes(count: number, from = 0): string {
  const line = (minute: number): string => `${Date.UTC(2022, 0, 3) + minute * 60_000},${10 + (minute % 7)},20,5,${10 + (minute % 5)},0.1\n`;
  return HEADER + Array.from({ length: count }, (_, index) => line(from + index)).join("");
}

async function given(name: string, content: string): Promise<void> {
  await writeFile(join(cwd, "given", name), content);
}

describe("metaexpert data import", () => {
  it("says what it stored, series by series", async () => {
    await given("BTCUSDT-1m.csv", minutes(10));
    await given("notes.md", "# words");
    expect(await run("data import given --exchange bybit")).toEqual({
      code: 0,
      err: "",
      out:
        "not recognised given/notes.md: it is no market data\n" +
        "bybit/spot/BTCUSDT/bars/1m/trade: 10 rows\n1 file imported into 1 series, 1 not recognised, 0.0 s.\n",
    });
    expect((await run("data import given --exchange bybit")).out).toContain("10 rows (10 already there)");
  });

  it("refuses a bad file in one sentence with code 1, and takes the others", async () => {
    await given("BTCUSDT-1m.csv", `${HEADER}1641168000000,10,x,5,10,1\n`);
    await given("ETHUSDT-1m.csv", minutes(3));
    const { code, out, err } = await run("data import given");
    expect(code).toBe(1);
    expect(err).toBe(`refused ${join(cwd, "given/BTCUSDT-1m.csv")}, line 2: column high is not a number: "x"\n`);
    expect(out).toContain("1 file imported into 1 series, 1 refused");
  });

  it("gives code 1 when a file that was named is no market data, and when nothing is", async () => {
    await given("notes.md", "# words");
    expect((await run("data import given/notes.md")).code).toBe(1);
    expect((await run("data import given")).code).toBe(1);
  });

  it.each([
    ["data import given --market cash", '--market: "cash" is none of spot, linear, inverse, option'],
    ["data import given --timeframe 7m", '"7m" is not a timeframe'],
    ["data import given --delimiter comma", '--delimiter is one character such as ";"'],
    ["data import given --exchange ../etc", '"../etc" is not an exchange\'s name'],
  ])("%s is a mistake of the command line", async (line, sentence) => {
    await given("BTCUSDT-1m.csv", minutes(3));
    const { code, err } = await run(line);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  it("of a path that does not exist has code 1", async () => {
    const { code, err } = await run("data import nowhere");
    expect([code, err.includes("there is no such file or folder")]).toEqual([1, true]);
  });

  it("prints nothing but JSON when asked", async () => {
    await given("BTCUSDT-1m.csv", minutes(3));
    const report = JSON.parse((await run("data import given --json")).out) as { counts: unknown; series: { series: string }[] };
    expect(report.counts).toEqual({ imported: 1, skipped: 0, unrecognised: 0, failed: 0 });
    expect(report.series.map(({ series }) => series)).toEqual(["local/spot/BTCUSDT/bars/1m/trade"]);
  });

  it("shows a dry run and stores nothing", async () => {
    await given("BTCUSDT-1m.csv", minutes(3));
    expect((await run("data import given --dry-run")).out).toContain("1 file could be imported into 1 series");
    expect((await run("data list")).code).toBe(1);
  });
});

describe("metaexpert data", () => {
  beforeEach(async () => {
    await given("BTCUSDT-1m.csv", minutes(125));
    await given("ETHUSDT-1m.csv", minutes(3) + minutes(2, 10).slice(HEADER.length));
    await run("data import given --exchange binance");
  });

  it("list shows what is stored", async () => {
    expect((await run("data list")).out).toBe(
      "series                              rows  first             last              size\n" +
        "binance/spot/BTCUSDT/bars/1m/trade   125  2022-01-03 00:00  2022-01-03 02:04  1 KB\n" +
        "binance/spot/ETHUSDT/bars/1m/trade     5  2022-01-03 00:00  2022-01-03 00:11  1 KB\n",
    );
    expect((JSON.parse((await run("data list --json")).out) as unknown[]).length).toBe(2);
    expect((await run("data list SOLUSDT")).err).toContain('nothing stored is called "SOLUSDT"; "metaexpert data list" shows');
  });

  it("list of an empty archive says how to fill it", async () => {
    const { code, err } = await run("--home other data list");
    expect([code, err.includes('is empty; bring market data in with "metaexpert data import PATH"')]).toEqual([1, true]);
  });

  it("verify tells gaps", async () => {
    const { code, out } = await run("data verify ethusdt");
    expect(code).toBe(0);
    expect(out).toBe(
      "binance/spot/ETHUSDT/bars/1m/trade\n  5 rows from 2022-01-03 00:00 to 2022-01-03 00:11 UTC\n  1 gap, 7 bars missing\n" +
        "    2022-01-03 00:02 to 2022-01-03 00:10: 7 bars, 8 min\n1 series checked, none is faulty.\n",
    );
  });

  it("verify has code 1 when a file is damaged", async () => {
    const folder = join(cwd, "home/archive/binance/spot/BTCUSDT/bars/1m/trade");
    const name = (await readdir(folder)).find((file) => file.endsWith(".parquet")) ?? "";
    await writeFile(join(folder, name), (await readFile(join(folder, name))).subarray(0, 300));
    const { code, out } = await run("data verify");
    expect(code).toBe(1);
    expect(out).toMatch(/damaged: .*2022-\w+\.parquet is not a complete Parquet file/);
    expect(out).toContain("2 series checked, 1 faulty.");
  });

  it("export writes csv, json and Parquet that import again to the same rows", async () => {
    expect((await run("data export BTCUSDT --output back/BTCUSDT-1m.csv")).err).toContain("cannot be written");
    await mkdir(join(cwd, "back"));
    for (const format of ["csv", "json", "parquet"]) {
      expect((await run(`data export BTCUSDT --output back/BTCUSDT-1m.${format}`)).out).toContain(`written to ${join(cwd, "back")}`);
      const { out } = await run(`data import back/BTCUSDT-1m.${format} --exchange binance`);
      expect(out).toContain("125 rows (125 already there)");
    }
  });

  it("export of trades and funding imports again to the same rows in every format", async () => {
    await given(
      "ETHUSDT-trades-2022-01-01.csv",
      "9007199254740993,10.5,2,21,1640995200000,true,true\n8,10.5,2,21,1640995200001,false,true\n",
    );
    await given("ETHUSDT-funding.csv", "timestamp,funding_rate\n1640995200015,0.0001\n");
    await run("data import given --exchange binance");
    await mkdir(join(cwd, "back"));
    for (const format of ["csv", "json", "parquet"]) {
      await run(`data export ETHUSDT trades --output back/ETHUSDT-trades.${format}`);
      await run(`data export ETHUSDT funding --output back/ETHUSDT-funding.${format}`);
      const { out } = await run(`data import back/ETHUSDT-trades.${format} back/ETHUSDT-funding.${format} --exchange binance`);
      expect(out).toContain("binance/spot/ETHUSDT/funding: 1 row (1 already there)\nbinance/spot/ETHUSDT/trades: 2 rows (2 already there)");
    }
  });

  it("export to standard output carries the rows and nothing else", async () => {
    const { out } = await run("data export ETHUSDT --from 2022-01-03T00:02 --to 2022-01-03T00:11 --time iso");
    expect(out).toBe(
      "open_time,open,high,low,close,volume\n2022-01-03T00:02:00.000Z,12,20,5,12,0.1\n2022-01-03T00:10:00.000Z,13,20,5,10,0.1\n",
    );
    expect((await run("data export binance")).err).toContain('"binance" fits 2 series, name one: binance/spot/BTCUSDT/bars/1m/trade, ');
    expect((await run("data export ETHUSDT --from 2023-01-01 --to 2022-01-01")).code).toBe(2);
  });

  it("resample stores or prints whole coarser bars", async () => {
    expect((await run("data resample BTCUSDT --into 1h")).out).toBe(
      "binance/spot/BTCUSDT/bars/1h/trade: 2 bars built, 2 new, 0 replaced.\n",
    );
    expect((await run("data resample BTCUSDT 1m --into 1h --print --partial")).out.split("\n")).toEqual([
      "open_time,open,high,low,close,volume",
      "1641168000000,10,20,5,14,6",
      "1641171600000,14,20,5,14,6",
      "1641175200000,11,20,5,14,0.5",
      "",
    ]);
    expect((await run("data resample ETHUSDT --into 1h")).code).toBe(1);
    expect((await run("data resample ETHUSDT --into 1s")).err).toContain("bars of 1s cannot be built from bars of 1m");
  });

  it("remove asks for --yes where nobody can be asked", async () => {
    expect((await run("data remove ETHUSDT")).err).toContain("add --yes to do it");
    expect((await run("data remove ETHUSDT --yes")).out).toBe("removed binance/spot/ETHUSDT/bars/1m/trade, 5 rows\n");
    expect((await run("data list")).out).not.toContain("ETHUSDT");
  });
});
