import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Archive } from "../archive.ts";
import { ParquetArchive } from "../parquet/parquet-archive.ts";
import { importFiles } from "./import.ts";

const HEADER = "time,open,high,low,close,volume\n";
const GOOD = "1640995200000,10,12,9,11,5\n";
let root = "";
let archive: Archive;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "metaexpert-refusals-"));
  archive = new ParquetArchive(join(root, "archive"));
});
afterEach(() => rm(root, { recursive: true }));

/** Imports one bad file beside a good one into an archive that holds something; gives the sentence, without the folder. */
async function refusal(name: string, content: string | Uint8Array): Promise<string> {
  const kept = join(root, "ETHUSDT-1m.csv");
  await writeFile(kept, HEADER + GOOD);
  await importFiles(archive, [kept]);
  const hash = await archive.hash((await archive.list())[0]!.key);
  const other = join(root, "LTCUSDT-1m.csv");
  await writeFile(join(root, name), content);
  await writeFile(other, HEADER + GOOD);
  const { files } = await importFiles(archive, [join(root, name), other, kept]);
  const [ethereum, litecoin, ...more] = await archive.list();
  expect([ethereum?.key.symbol, litecoin?.key.symbol, more.length]).toEqual(["ETHUSDT", "LTCUSDT", 0]);
  expect(await archive.hash(ethereum!.key)).toBe(hash);
  expect(files.map(({ status }) => status)).toEqual(["failed", "imported", "imported"]);
  return (files[0]?.message ?? "").replaceAll(`${root}/`, "");
}

describe("a bad file is refused in one sentence, nothing of it is stored, and the others go on:", () => {
  it.each([
    [
      "text as price",
      "BTCUSDT-1m.csv",
      `${HEADER}${GOOD}1640995260000,10,n/a,9,11,5\n`,
      'BTCUSDT-1m.csv, line 3: column high is not a number: "n/a"',
    ],
    ["NaN", "BTCUSDT-1m.csv", `${HEADER}1640995260000,NaN,12,9,11,5\n`, 'BTCUSDT-1m.csv, line 2: column open is not a number: "NaN"'],
    ["an empty field", "BTCUSDT-1m.csv", `${HEADER}1640995260000,10,12,,11,5\n`, "BTCUSDT-1m.csv, line 2: column low is empty"],
    [
      "a decimal comma",
      "BTCUSDT-1m.csv",
      `${HEADER.replaceAll(",", ";")}1640995260000;10,5;12;9;11;5\n`,
      'BTCUSDT-1m.csv, line 2: column open is not a number: "10,5"; write decimals with a point and no thousands separators',
    ],
    [
      "a negative price",
      "BTCUSDT-1m.csv",
      `${HEADER}${GOOD}1640995260000,10,12,-9,11,5\n`,
      "BTCUSDT-1m.csv, line 3: column low is -9, and a price is above zero",
    ],
    [
      "a negative volume",
      "BTCUSDT-1m.csv",
      `${HEADER}1640995260000,10,12,9,11,-5\n`,
      "BTCUSDT-1m.csv, line 2: column volume is -5, and a volume is not below zero",
    ],
    [
      "a high below the close",
      "BTCUSDT-1m.csv",
      `${HEADER}1640995260000,10,10.5,9,11,5\n`,
      "BTCUSDT-1m.csv, line 2: column high is 10.5, below the close 11",
    ],
    [
      "a low above the open",
      "BTCUSDT-1m.csv",
      `${HEADER}1640995260000,10,12,10.5,11,5\n`,
      "BTCUSDT-1m.csv, line 2: column low is 10.5, above the open 10",
    ],
    [
      "duplicates",
      "BTCUSDT-1m.csv",
      `${HEADER}${GOOD}\n${GOOD}`,
      "BTCUSDT-1m.csv, line 4: column time repeats the time of the row before, 2022-01-01T00:00:00.000Z; keep one of the two",
    ],
    [
      "disorder",
      "BTCUSDT-1m.csv",
      `${HEADER}1640995260000,10,12,9,11,5\n1640995320000,10,12,9,11,5\n${GOOD}`,
      "BTCUSDT-1m.csv, line 4: column time goes back in time, to 2022-01-01T00:00:00.000Z; sort the file by time",
    ],
    [
      "mixed units",
      "BTCUSDT-1m.csv",
      `${HEADER}${GOOD}1640995260,10,12,9,11,5\n`,
      "BTCUSDT-1m.csv, line 3: column time counts seconds and the lines before count milliseconds",
    ],
    [
      "a time of no year",
      "BTCUSDT-1m.csv",
      `${HEADER}42,10,12,9,11,5\n`,
      'BTCUSDT-1m.csv, line 2: column time is no time between 1980 and 2100: "42"; use --time-unit',
    ],
    [
      "a date nobody knows",
      "BTCUSDT-1m.csv",
      `${HEADER}31.01.2022,10,12,9,11,5\n`,
      'BTCUSDT-1m.csv, line 2: column time is no time: "31.01.2022"; write it as 2022-01-31 09:30:00 or as a number',
    ],
    [
      "a short line",
      "BTCUSDT-1m.csv",
      `${HEADER}${GOOD}1640995260000,10,12`,
      "BTCUSDT-1m.csv, line 3: column low is missing: the line ends before it",
    ],
    [
      "two symbols",
      "x-1m.csv",
      `symbol,${HEADER}BTCUSDT,${GOOD}ETHUSDT,${GOOD}`,
      'x-1m.csv, line 3: column symbol changes from "BTCUSDT" to "ETHUSDT"; split the file, one symbol in each',
    ],
    ["an empty file", "BTCUSDT-1m.csv", "", "BTCUSDT-1m.csv is empty"],
    ["blank lines only", "BTCUSDT-1m.csv", "\n\n", "BTCUSDT-1m.csv is empty"],
    ["a header only", "BTCUSDT-1m.csv", HEADER, "BTCUSDT-1m.csv has a header and no rows"],
    [
      "no symbol",
      "2022.csv",
      HEADER + GOOD + GOOD.replace("95200", "95260"),
      "2022.csv does not say which symbol it holds; use --symbol BTCUSDT",
    ],
    ["json cut short", "BTC_USDT-1m.json", "[[1640995200000, 10, 12", "BTC_USDT-1m.json is not complete JSON"],
    [
      "json with a text as price",
      "BTC_USDT-1m.json",
      '[[1640995200000,10,"x",9,11,5]]',
      'BTC_USDT-1m.json, row 1: column high is not a number: "x"',
    ],
    ["feather cut short", "BTC_USDT-1m.feather", "ARROW1\0\0and no more", "BTC_USDT-1m.feather is not a complete feather file"],
    ["Parquet cut short", "BTC_USDT-1m.parquet", "PAR1 and no more", "BTC_USDT-1m.parquet cannot be read as Parquet"],
    ["SQLite cut short", "history.data", "SQLite format 3\0and no more", "history.data cannot be read as SQLite"],
    ["gzip cut short", "BTC_USDT-1m.csv.gz", gzipSync(HEADER + GOOD).subarray(0, 40), "BTC_USDT-1m.csv.gz is corrupt or incomplete"],
    [
      "a zip cut short",
      "BTCUSDT-1m-2022-01.zip",
      zipSync({ "BTCUSDT-1m-2022-01.csv": strToU8(GOOD) }).subarray(0, 60),
      "BTCUSDT-1m-2022-01.zip is a corrupt or incomplete zip; fetch it again",
    ],
    [
      "text in a zip's csv",
      "BTCUSDT-1m-2022-01.zip",
      zipSync({ "BTCUSDT-1m-2022-01.csv": strToU8(`${GOOD}1640995260000,x,12,9,11,5\n`) }),
      'BTCUSDT-1m-2022-01.zip:BTCUSDT-1m-2022-01.csv, line 2: column open is not a number: "x"',
    ],
    [
      "a day longer than a day",
      "20220101_btcusdt_minute_trade.csv",
      "86400000,10,12,9,11,5\n",
      "20220101_btcusdt_minute_trade.csv, line 1: column time is 86400000, and a day has 86400000 milliseconds",
    ],
    [
      "columns in an order that fits no bar",
      "BTCUSDT-1m.csv",
      "1640995200000,10,9,8,11,12\n",
      "BTCUSDT-1m.csv, line 1: open 10, high 9, low 8, close 11, volume 12 cannot be a bar, and no other order of the columns fits all rows",
    ],
  ])("%s", async (_, name, content, sentence) => {
    expect(await refusal(name, content)).toContain(sentence);
  }); // prettier-ignore

  it("a damaged zip, by its checksum", async () => {
    const zip = zipSync({ "BTCUSDT-1m-2022-01.csv": strToU8(GOOD.repeat(20)) }, { level: 0 });
    zip[60] = (zip[60] ?? 0) ^ 1;
    expect(await refusal("BTCUSDT-1m-2022-01.zip", zip)).toBe("BTCUSDT-1m-2022-01.zip is a corrupt or incomplete zip; fetch it again");
  });

  it("a zip that unpacks to more than it says", async () => {
    const zip = Buffer.from(zipSync({ "BTCUSDT-1m-2022-01.csv": new Uint8Array(50_000_000) }));
    zip.writeUInt32LE(1_000, zip.lastIndexOf("PK\u0001\u0002") + 24);
    expect(await refusal("BTCUSDT-1m-2022-01.zip", zip)).toContain("corrupt");
  });

  it("a zip that says it unpacks to more than memory", async () => {
    const zip = Buffer.from(zipSync({ "BTCUSDT-1m-2022-01.csv": new Uint8Array(1_000) }));
    zip.writeUInt32LE(0xfffffffe, zip.lastIndexOf("PK\u0001\u0002") + 24);
    expect(await refusal("BTCUSDT-1m-2022-01.zip", zip)).toContain("is larger than 2 GiB when unpacked");
  });

  it("a zip in a zip in a zip in a zip in a zip", async () => {
    let zip = zipSync({ "a.csv": strToU8(HEADER + GOOD) });
    for (let depth = 0; depth < 4; depth += 1) zip = zipSync({ "a.zip": zip });
    expect(await refusal("BTCUSDT-1m-2022-01.zip", zip)).toContain("holds containers in containers");
  });
});

describe("an import", () => {
  it("of a path that does not exist says so", async () => {
    await expect(importFiles(archive, [join(root, "nowhere")])).rejects.toThrow("there is no such file or folder");
  });

  it("asks for better columns, zone or delimiter as a mistake of the command line", async () => {
    const file = join(root, "BTCUSDT-1m.csv");
    await writeFile(file, HEADER + GOOD);
    await expect(importFiles(archive, [file], { columns: "when=0" })).rejects.toThrow('--columns: "when" is none of time,');
    await expect(importFiles(archive, [file], { columns: "time=Nothing" })).rejects.toThrow('--columns: there is no column "Nothing"');
    await expect(importFiles(archive, [file], { columns: "time=0" })).rejects.toThrow("--columns needs time, open, high, low, close");
    await expect(importFiles(archive, [file], { timezone: "Mars/Olympus" })).rejects.toThrow("is not a time zone");
  });

  it("that runs dry stores nothing", async () => {
    const file = join(root, "BTCUSDT-1m.csv");
    await writeFile(file, HEADER + GOOD);
    const { files } = await importFiles(archive, [file], { dryRun: true });
    expect(files[0]?.status).toBe("imported");
    expect(await archive.list()).toEqual([]);
  });

  it("that is stopped keeps what it has read and says how much is left", async () => {
    const files = ["BTC", "ETH", "LTC"].map((name) => join(root, `${name}USDT-1m.csv`));
    for (const file of files) await writeFile(file, HEADER + GOOD);
    const stop = new AbortController();
    const report = await importFiles(archive, files, {}, { signal: stop.signal, onProgress: () => stop.abort() });
    expect(report.left).toBe(2);
    expect((await archive.list()).map(({ key }) => key.symbol)).toEqual(["BTCUSDT"]);
  });

  it("guesses an instrument's steps from the digits, and refines the guess later", async () => {
    const file = join(root, "BTCUSDT-1m.csv");
    await writeFile(file, `${HEADER}1640995200000,10.5,12,9,11,5\n`);
    await importFiles(archive, [file]);
    const address = { exchange: "local", market: "spot", symbol: "BTCUSDT" } as const;
    expect(await archive.instrument(address)).toMatchObject({ baseAsset: "BTC", quoteAsset: "USDT", priceStep: "0.1", quantityStep: "1" });
    await writeFile(file, `${HEADER}1640995260000,10.5,12,9,11,5.125\n`);
    await importFiles(archive, [file]);
    expect(await archive.instrument(address)).toMatchObject({ priceStep: "0.1", quantityStep: "0.001" });
  });
});
