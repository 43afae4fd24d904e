import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { strToU8, zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Archive, BarSeriesKey } from "../archive.ts";
import { ParquetArchive } from "../parquet/parquet-archive.ts";
import { seriesName } from "../series-path.ts";
import { importFiles, type ImportReport } from "./import.ts";
import type { ImportOptions } from "./options.ts";

const DAY = Date.UTC(2022, 0, 1);
let root = "";
let archive: Archive;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "metaexpert-import-"));
  archive = new ParquetArchive(join(root, "archive"));
});
afterEach(() => rm(root, { recursive: true }));

/** Writes files below a folder and imports the folder. */
async function importAll(files: Record<string, string | Uint8Array>, options: ImportOptions = {}): Promise<ImportReport> {
  for (const [name, content] of Object.entries(files)) {
    const file = join(root, "given", name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return importFiles(archive, [join(root, "given")], options);
}

/** Bars of a series as rows `[seconds since 2022-01-01, open, high, low, close, volume]`. */
async function rows(name: string): Promise<number[][]> {
  const info = (await archive.list()).find(({ key }) => seriesName(key) === name);
  const found: number[][] = [];
  if (info === undefined) return found;
  for await (const bars of archive.readBars(info.key as BarSeriesKey)) {
    for (let row = 0; row < bars.length; row += 1) {
      const { openTime, open, high, low, close, volume } = bars;
      found.push([((openTime[row] ?? NaN) - DAY) / 1_000, ...[open, high, low, close, volume].map((column) => column[row] ?? NaN)]);
    }
  }
  return found;
}

async function names(): Promise<string[]> {
  return (await archive.list()).map(({ key }) => seriesName(key));
}

describe("LEAN", () => {
  it("minutes count from the midnight of the date in the name", async () => {
    const zip = zipSync({ "20220101_btcusdt_minute_trade.csv": strToU8("0,10,12,9,11,5\n60000,11,11,11,11,0.5\n") });
    await importAll({ "crypto/binance/minute/btcusdt/20220101_trade.zip": zip });
    expect(await rows("binance/spot/BTCUSDT/bars/1m/trade")).toEqual([
      [0, 10, 12, 9, 11, 5],
      [60, 11, 11, 11, 11, 0.5],
    ]);
  });

  it("quotes become bars of the bid and of the ask", async () => {
    const zip = zipSync({ "adausdt_quote_perp.csv": strToU8("20220101 00:00,1,2,0.5,1.5,100,1.1,2.1,0.6,1.6,200\n") });
    await importAll({ "cryptofuture/binance/hour/adausdt_quote.zip": zip });
    expect(await rows("binance/linear/ADAUSDT/bars/1h/bid")).toEqual([[0, 1, 2, 0.5, 1.5, 100]]);
    expect(await rows("binance/linear/ADAUSDT/bars/1h/ask")).toEqual([[0, 1.1, 2.1, 0.6, 1.6, 200]]);
  });

  it("margin interest is funding, and the symbol properties describe instruments", async () => {
    const report = await importAll({
      "cryptofuture/binance/margin_interest/btcusd.csv": "20220101 00:00:00,0.0001\n20220101 08:00:00,-0.0002\n",
      "symbol-properties/symbol-properties-database.csv":
        "market,symbol,type,description,quote_currency,contract_multiplier,minimum_price_variation,lot_size,market_ticker,minimum_order_size\n" +
        "# a comment\n\nbinance,BTCUSDT,crypto,BTCUSDT,USDT,1,0.01,0.00001,BTCUSDT,5\n" +
        "bybit,BTCUSD,cryptofuture,BTCUSD,USD,1,0.10,1,BTCUSD,1\nusa,SPY,equity,S&P,USD,1,0.01,1\n",
    });
    expect(await names()).toEqual(["binance/inverse/BTCUSD/funding"]);
    expect(report.instruments).toBe(2);
    expect(await archive.instrument({ exchange: "binance", market: "spot", symbol: "BTCUSDT" })).toMatchObject({
      priceStep: "0.01",
      quantityStep: "0.00001",
      notionalMin: "5",
    });
    expect(await archive.instrument({ exchange: "bybit", market: "inverse", symbol: "BTCUSD" })).toMatchObject({
      contractType: "inverse",
      settleAsset: "BTC",
      priceStep: "0.10",
    });
  });
});

describe("Binance's public archive", () => {
  const kline = (time: number): string => `${time},10,12,9,11,5,${time + 59_999},55,3,2,22,0\n`;

  it("klines come with and without a header, in milliseconds and, since 2025, in microseconds", async () => {
    const header = "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n";
    await importAll({
      "BTCUSDT-1m-2022-01.zip": zipSync({ "BTCUSDT-1m-2022-01.csv": strToU8(kline(DAY)) }),
      "BTCUSDT-1m-2025-01.csv": kline(Date.UTC(2025, 0, 1) * 1_000),
      "futures/um/BTCUSDT-1m-2022-01.csv": header + kline(DAY),
      "futures/um/markPriceKlines/BTCUSDT-1m-2022-01.csv": `${DAY},10,12,9,11,0,${DAY + 59_999},0,60,0,0,0\n`,
    });
    expect(await rows("binance/spot/BTCUSDT/bars/1m/trade")).toEqual([
      [0, 10, 12, 9, 11, 5],
      [(Date.UTC(2025, 0, 1) - DAY) / 1_000, 10, 12, 9, 11, 5],
    ]);
    expect(await names()).toEqual([
      "binance/linear/BTCUSDT/bars/1m/mark",
      "binance/linear/BTCUSDT/bars/1m/trade",
      "binance/spot/BTCUSDT/bars/1m/trade",
    ]);
  });

  it("trades and aggregate trades keep id and taker's side", async () => {
    await importAll({
      "BTCUSDT-trades-2022-01-01.csv": `9007199254740993,10.5,2,21,${DAY},true,true\n9007199254740994,10.6,1,10.6,${DAY + 5},false,true\n`,
      "ETHUSDT-aggTrades-2022-01-01.csv": `7,10.5,2,1,3,${DAY},True,True\n`,
    });
    for await (const trades of archive.readTrades({ exchange: "binance", market: "spot", symbol: "BTCUSDT", kind: "trades" })) {
      expect(trades.id).toEqual(["9007199254740993", "9007199254740994"]);
      expect([...trades.takerSide]).toEqual([-1, 1]);
      expect([...trades.quantity]).toEqual([2, 1]);
    }
    for await (const trades of archive.readTrades({ exchange: "binance", market: "spot", symbol: "ETHUSDT", kind: "trades" })) {
      expect([...trades.takerSide]).toEqual([-1]);
    }
  });

  it("funding rates and metrics are points, book tickers are skipped", async () => {
    const report = await importAll({
      "futures/um/BTCUSDT-fundingRate-2022-01.csv": `calc_time,funding_interval_hours,last_funding_rate\n${DAY + 3},8,0.0001\n`,
      "futures/um/BTCUSDT-metrics-2022-01-01.csv":
        "create_time,symbol,sum_open_interest,sum_open_interest_value\n2022-01-01 00:05:00,BTCUSDT,10.5,500\n",
      "futures/um/BTCUSDT-bookTicker-2022-01-01.csv": "1,2,3,4,5,6,7\n",
    });
    expect(await names()).toEqual(["binance/linear/BTCUSDT/funding", "binance/linear/BTCUSDT/openInterest"]);
    expect(report.files.find(({ status }) => status === "skipped")?.message).toBe("quote ticks");
  });
});

describe("freqtrade", () => {
  it("feather holds bars, mark prices without volume, funding rates in the column open, and trades", async () => {
    const date = BigInt64Array.of(BigInt(DAY), BigInt(DAY + 60_000));
    const prices = {
      open: Float64Array.of(10, 0.30000000000000004),
      high: Float64Array.of(12, 0.4),
      low: Float64Array.of(9, 0.2),
      close: Float64Array.of(11, 0.3),
    }; // prettier-ignore
    const volume = Float64Array.of(5, 1);
    const feather = (columns: Parameters<typeof tableFromArrays>[0]): Uint8Array => tableToIPC(tableFromArrays(columns), "file");
    await importAll({
      "binance/BTC_USDT-1m.feather": feather({ date, ...prices, volume }),
      "binance/futures/BTC_USDT_USDT-1m-mark.feather": feather({ date, ...prices }),
      "binance/futures/BTC_USDT_USDT-8h-funding_rate.feather": feather({
        date,
        open: Float64Array.of(0.0001, -0.0002),
        high: volume,
        low: volume,
        close: volume,
        volume,
      }), // prettier-ignore
      "binance/BTC_USDT-trades.feather": feather({
        timestamp: date,
        id: ["8", "9"],
        side: ["sell", "buy"],
        price: volume,
        amount: volume,
        cost: volume,
      }), // prettier-ignore
    });
    expect(await rows("binance/spot/BTCUSDT/bars/1m/trade")).toEqual([
      [0, 10, 12, 9, 11, 5],
      [60, 0.3, 0.4, 0.2, 0.3, 1],
    ]);
    expect(await rows("binance/linear/BTCUSDT/bars/1m/mark")).toEqual([
      [0, 10, 12, 9, 11, 0],
      [60, 0.3, 0.4, 0.2, 0.3, 0],
    ]);
    expect(await names()).toEqual([
      "binance/linear/BTCUSDT/bars/1m/mark",
      "binance/linear/BTCUSDT/funding",
      "binance/spot/BTCUSDT/bars/1m/trade",
      "binance/spot/BTCUSDT/trades",
    ]);
    for await (const { value } of archive.readPoints({ exchange: "binance", market: "linear", symbol: "BTCUSDT", kind: "funding" })) {
      expect([...value]).toEqual([0.0001, -0.0002]);
    }
  });

  it("json holds bars and trades in both of its forms, packed with gzip or not", async () => {
    const trade = [DAY, "7", null, "sell", 10.5, 2, 21];
    await importAll({
      "kraken/BTC_USDT-1m.json": JSON.stringify([[DAY, 10, 12, 9, 11, 5]]),
      "kraken/BTC_USDT-trades.json.gz": gzipSync(JSON.stringify([trade])),
      "kraken/BTC_OLD-trades.json": JSON.stringify([{ timestamp: DAY, symbol: "BTC/USDT", id: "7", side: "sell", price: 10.5, amount: 2 }]),
      "kraken/leverage_tiers.json": JSON.stringify({ "BTC/USDT:USDT": [{ tier: 1, maxLeverage: 50 }] }),
    });
    expect(await rows("kraken/spot/BTCUSDT/bars/1m/trade")).toEqual([[0, 10, 12, 9, 11, 5]]);
    expect((await archive.list()).map(({ key, rows: count }) => `${seriesName(key)} ${count}`)).toContain("kraken/spot/BTCUSDT/trades 1");
  });
});

describe("tables of other programs", () => {
  it.each([
    ["backtesting.py", ",Open,High,Low,Close,Volume\n2022-01-01,10,12,9,11,5\n2022-01-02,11,12,9,11,5\n"],
    ["pandas", "timestamp,open,high,low,close,volume\n2022-01-01 00:00:00.000000,10,12,9,11,5\n2022-01-02 00:00:00.000000,11,12,9,11,5\n"],
    ["semicolons", "Date;Open;High;Low;Close;Volume\n2022-01-01;10;12;9;11;5\n2022-01-02;11;12;9;11;5\n"],
    ["quotes", '"time","open","high","low","close","volume"\n"2022-01-01","10","12","9","11","5"\n"2022-01-02","11","12","9","11","5"\n'],
    [
      "newest first",
      "unix,date,symbol,open,high,low,close,Volume BTC\n1641081600,x,BTC/USDT,11,12,9,11,5\n1640995200,x,BTC/USDT,10,12,9,11,5\n",
    ],
    [
      "a title line, no last newline",
      "\uFEFFhttps://example.org\nts,o,h,l,c,v\r\n1640995200000,10,12,9,11,5\r\n1641081600000,11,12,9,11,5",
    ],
    ["Bitfinex", "1640995200000,10,11,12,9,5\n1641081600000,11,11,12,9,5\n"],
    ["gocryptotrader", "1640995200,5,10,12,9,11\n1641081600,5,11,12,9,11\n"],
    ["Coinbase", "1640995200,9,12,10,11,5\n1641081600,9,12,11,11,5\n"],
  ])("%s: a day of bars is read from its columns", async (_, content) => {
    await importAll({ "BTC_USDT.csv": content });
    expect(await rows("local/spot/BTCUSDT/bars/1d/trade")).toEqual([
      [0, 10, 12, 9, 11, 5],
      [86_400, 11, 12, 9, 11, 5],
    ]);
  });

  it("a map of columns, a unit and a zone are taken at their word", async () => {
    const options = {
      columns: "time=1,open=2,high=3,low=4,close=5",
      symbol: "ABC",
      exchange: "kraken",
      timeframe: "1d",
      timezone: "Europe/Berlin",
    } as const;
    await importAll({ "x.csv": "a,2022-01-01 01:00,10,12,9,11\n" }, options);
    expect(await rows("kraken/spot/ABC/bars/1d/trade")).toEqual([[0, 10, 12, 9, 11, 0]]);
  });

  it("names in a map of columns are looked up in the header", async () => {
    const options = { columns: "time=When,open=A,high=B,low=C,close=D,volume=E", timeframe: "1m" } as const;
    await importAll({ "BTCUSDT.csv": "When,A,B,C,D,E\n1640995200,10,12,9,11,5\n" }, options);
    expect(await rows("local/spot/BTCUSDT/bars/1m/trade")).toEqual([[0, 10, 12, 9, 11, 5]]);
  });

  it("Parquet of any program is read by the names of its columns", async () => {
    const file = join(root, "given", "BTCUSDT-1m.parquet");
    await mkdir(dirname(file));
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    await connection.run(
      `COPY (SELECT TIMESTAMPTZ '2022-01-01 00:00:00Z' + INTERVAL (i) MINUTE AS timestamp, 10::DECIMAL(9,2) AS open, 12 AS high, 9.0::FLOAT AS low, 11 AS close, i::BIGINT AS volume FROM range(3) t(i)) TO '${file}' (FORMAT parquet)`,
    );
    await importAll({});
    expect(await rows("local/spot/BTCUSDT/bars/1m/trade")).toEqual([0, 1, 2].map((minute) => [minute * 60, 10, 12, 9, 11, minute]));
  });

  it("OctoBot's database gives every timeframe it holds", async () => {
    await mkdir(join(root, "given"));
    const database = new DatabaseSync(join(root, "given", "history.data"));
    database.exec("CREATE TABLE ohlcv (timestamp datetime, exchange_name text, cryptocurrency text, symbol text, time_frame text, candle)");
    const insert = database.prepare("INSERT INTO ohlcv VALUES (?, 'bybit', 'ADA', 'ADA/USDT', ?, ?)");
    for (const timeframe of ["1m", "1h"]) insert.run(DAY / 1_000 + 60, timeframe, `[${DAY / 1_000}.0, 10, 12, 9, 11, 5]`);
    database.close();
    await importAll({});
    expect(await names()).toEqual(["bybit/spot/ADAUSDT/bars/1h/trade", "bybit/spot/ADAUSDT/bars/1m/trade"]);
    expect(await rows("bybit/spot/ADAUSDT/bars/1h/trade")).toEqual([[0, 10, 12, 9, 11, 5]]);
  });

  it("what is known and no market data is skipped, what is not known is named, and neither is an error", async () => {
    const report = await importAll({
      "depth.csv": "symbol,timestamp,first_update_id,last_update_id,side,update_type,price,qty\nB,1,1,1,a,set,1,1\n",
      "book.csv": "exchange,symbol,timestamp,asks[0].price,asks[0].amount\nb,B,1,1,1\n",
      "quotes.csv": "timestamp,ask_price,bid_price\n1,2,3\n",
      "stream.gz": gzipSync('1723161256172210766 {"stream":"ethusdt@depth"}\n'),
      "instrument.txt": "CurrencyPair(id=BTCUSDT.BINANCE)",
      "README.md": "# words",
      "weather.csv": "day,rain\n2022-01-01,3\n",
      "things.zst": zstdCompressSync(Buffer.from('{"rain":[3]}')),
    });
    expect(report.files.map(({ title, status }) => `${title.slice(root.length + 7)} ${status}`)).toEqual([
      "README.md unrecognised",
      "book.csv skipped",
      "depth.csv skipped",
      "instrument.txt skipped",
      "quotes.csv skipped",
      "stream.gz skipped",
      "things.zst unrecognised",
      "weather.csv unrecognised",
    ]);
  });
});
