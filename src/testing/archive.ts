import { describe, expect, it } from "vitest";
import type { Archive, BarSeriesKey, PointSeriesKey, TradeSeriesKey } from "../archive/archive.ts";
import { type BarColumns, barAt, columnsOf, concatBars, type Bar } from "../domain/bar.ts";
import type { SpotInstrument } from "../domain/instrument.ts";
import { MINUTE_MS } from "../domain/timeframe.ts";
import type { TradeColumns } from "../domain/trade.ts";

const NEW_YEAR = Date.UTC(2022, 0, 1);
const btc = { exchange: "binance", market: "spot", symbol: "BTCUSDT" } as const;
const minutes: BarSeriesKey = { ...btc, kind: "bars", timeframe: "1m", priceType: "trade" };
const ticks: TradeSeriesKey = { ...btc, kind: "trades" };
const funding: PointSeriesKey = { ...btc, market: "linear", kind: "funding" };
const instrument: SpotInstrument = {
  kind: "spot",
  exchange: "binance",
  symbol: "BTCUSDT",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  settleAsset: "USDT",
  priceStep: "0.01",
  quantityStep: "0.00001",
};

/** Runs a test with an archive that is closed after it. */
type Using = (work: (archive: Archive) => Promise<void>) => () => Promise<void>;

/**
 * What every archive promises, as tests. `create` opens an empty one.
 *
 * @example
 * testArchive("Parquet files", async () => new ParquetArchive(await mkdtemp(join(tmpdir(), "archive-"))));
 */
export function testArchive(name: string, create: () => Promise<Archive>): void {
  const using: Using = (work) => async () => {
    await using_(await create(), work);
  };
  describe(`${name}: bars`, () => testReading(using));
  describe(`${name}: appending bars`, () => testAppending(using));
  describe(`${name}: trades and points`, () => testTradesAndPoints(using));
  describe(`${name}: series`, () => testSeries(using));
  describe(`${name}: instruments`, () => testInstruments(using));
}

async function using_(archive: Archive, work: (archive: Archive) => Promise<void>): Promise<void> {
  await using open = archive;
  await work(open);
}

function testReading(using: Using): void {
  it(
    "reading gives back what was appended, to the bit",
    using(async (archive) => {
      const bars = columnsOf([bar(0, 0.1 + 0.2), bar(1, 1e-8), bar(2.000001, 123_456.789)]);
      await archive.appendBars(minutes, bars);
      expect(plain(await readBars(archive))).toEqual(plain(bars));
    }),
  );

  it(
    "nothing stored reads as nothing",
    using(async (archive) => {
      expect(plain(await readBars(archive))).toEqual([]);
      expect(await archive.info(minutes)).toBeUndefined();
      expect(await archive.list()).toEqual([]);
    }),
  );

  it(
    "a range includes its start and excludes its end",
    using(async (archive) => {
      await archive.appendBars(minutes, columnsOf([0, 1, 2, 3].map((minute) => bar(minute))));
      const range = { from: NEW_YEAR + MINUTE_MS, to: NEW_YEAR + 3 * MINUTE_MS };
      expect(plain(await readBars(archive, range)).map(({ openTime }) => openTime)).toEqual([
        NEW_YEAR + MINUTE_MS,
        NEW_YEAR + 2 * MINUTE_MS,
      ]);
    }),
  );

  it(
    "a chunk belongs to its reader: changing it changes nothing that is stored",
    using(async (archive) => {
      await archive.appendBars(minutes, columnsOf([bar(0, 10)]));
      (await readBars(archive)).close[0] = 99;
      expect((await readBars(archive)).close[0]).toBe(10);
    }),
  );
}

function testAppending(using: Using): void {
  it(
    "appending earlier, later and years apart keeps the order of time",
    using(async (archive) => {
      for (const minute of [5, 0, 600_000, -600_000, 3]) await archive.appendBars(minutes, columnsOf([bar(minute)]));
      const times = plain(await readBars(archive)).map(({ openTime }) => (openTime - NEW_YEAR) / MINUTE_MS);
      expect(times).toEqual([-600_000, 0, 3, 5, 600_000]);
    }),
  );

  it(
    "the newer of two bars of one time is kept and counted",
    using(async (archive) => {
      await archive.appendBars(minutes, columnsOf([bar(0, 10), bar(1, 11)]));
      const result = await archive.appendBars(minutes, columnsOf([bar(0, 10), bar(1, 12), bar(2, 13)]));
      expect(result).toEqual({ added: 1, unchanged: 1, replaced: 1 });
      expect(plain(await readBars(archive)).map(({ close }) => close)).toEqual([10, 12, 13]);
    }),
  );

  it(
    "writers of one series at the same time lose nothing",
    using(async (archive) => {
      const many = Array.from({ length: 8 }, (_, writer) => columnsOf([bar(writer * 2), bar(writer * 2 + 1)]));
      await Promise.all(many.map((bars) => archive.appendBars(minutes, bars)));
      expect((await archive.info(minutes))?.rows).toBe(16);
    }),
  );

  it(
    "timeframes and price types are series of their own",
    using(async (archive) => {
      await archive.appendBars(minutes, columnsOf([bar(0, 1)]));
      await archive.appendBars({ ...minutes, timeframe: "1M" }, columnsOf([bar(0, 2)]));
      await archive.appendBars({ ...minutes, priceType: "mark" }, columnsOf([bar(0, 3)]));
      expect((await readBars(archive)).close[0]).toBe(1);
      expect(await archive.list()).toHaveLength(3);
    }),
  );
}

function testTradesAndPoints(using: Using): void {
  it(
    "trades of one moment keep their order, sides and ids",
    using(async (archive) => {
      const given = trades([
        [0, 10, "7"],
        [0, 11, "9007199254740993"],
        [0, 10, "8"],
      ]);
      await archive.appendTrades(ticks, given);
      const read = await readTrades(archive);
      expect(read.id).toEqual(["7", "9007199254740993", "8"]);
      expect([...read.price]).toEqual([10, 11, 10]);
      expect([...read.takerSide]).toEqual([1, -1, 1]);
    }),
  );

  it(
    "a trade that is appended again by its id is the same trade",
    using(async (archive) => {
      await archive.appendTrades(
        ticks,
        trades([
          [0, 10, "1"],
          [0, 10, "2"],
          [5, 11, "3"],
        ]),
      );
      const again = await archive.appendTrades(
        ticks,
        trades([
          [0, 10, "2"],
          [0, 10, "9"],
          [5, 11, "3"],
        ]),
      );
      expect(again).toEqual({ added: 1, unchanged: 2, replaced: 0 });
      expect((await readTrades(archive)).id).toEqual(["1", "2", "9", "3"]);
    }),
  );

  it(
    "trades without ids that are appended again add nothing",
    using(async (archive) => {
      const given = trades([
        [0, 10, ""],
        [0, 10, ""],
        [1, 10, ""],
      ]);
      await archive.appendTrades(ticks, { ...given, id: [] });
      expect(await archive.appendTrades(ticks, { ...given, id: [] })).toEqual({ added: 0, unchanged: 3, replaced: 0 });
      expect((await readTrades(archive)).length).toBe(3);
    }),
  );

  it(
    "trades can be read without their ids",
    using(async (archive) => {
      await archive.appendTrades(ticks, trades([[0, 10, "1"]]));
      for await (const chunk of archive.readTrades(ticks, {}, { ids: false })) expect(chunk.id).toEqual([]);
    }),
  );

  it(
    "points read as they were appended",
    using(async (archive) => {
      const points = { length: 2, time: Float64Array.of(NEW_YEAR + 0.015, NEW_YEAR + 8), value: Float64Array.of(1e-4, -2e-5) };
      await archive.appendPoints(funding, points);
      for await (const chunk of archive.readPoints(funding)) expect(chunk).toEqual(points);
      expect((await archive.info(funding))?.rows).toBe(2);
    }),
  );
}

function testSeries(using: Using): void {
  it(
    "the list tells rows, first and last time of every series",
    using(async (archive) => {
      await archive.appendBars(minutes, columnsOf([bar(0), bar(7)]));
      await archive.appendTrades(ticks, trades([[1, 10, "1"]]));
      const infos = await archive.list();
      expect(infos.map(({ key }) => key)).toEqual([minutes, ticks]);
      expect(infos[0]).toMatchObject({ rows: 2, firstTime: NEW_YEAR, lastTime: NEW_YEAR + 7 * MINUTE_MS });
      expect(infos[0]?.bytes).toBeGreaterThan(0);
    }),
  );

  it(
    "equal rows have one hash however they were appended, other rows another",
    using(async (archive) => {
      const other = { ...minutes, symbol: "OTHER" };
      const rows = [0, 1, 50_000, 500_000].map((minute) => bar(minute, 10 + minute));
      await archive.appendBars(minutes, columnsOf(rows));
      for (const row of rows.toReversed()) await archive.appendBars(other, columnsOf([row]));
      const hash = await archive.hash(minutes);
      expect(await archive.hash(other)).toBe(hash);
      await archive.appendBars(other, columnsOf([bar(1, 99)]));
      expect(await archive.hash(other)).not.toBe(hash);
    }),
  );

  it(
    "the hash of a range does not depend on rows outside it",
    using(async (archive) => {
      const range = { from: NEW_YEAR + MINUTE_MS, to: NEW_YEAR + 60_000 * MINUTE_MS };
      await archive.appendBars(minutes, columnsOf([bar(1), bar(2), bar(50_000)]));
      const hash = await archive.hash(minutes, range);
      expect(await archive.hash(minutes)).toBe(hash);
      await archive.appendBars(minutes, columnsOf([bar(0), bar(60_000), bar(60_001)]));
      expect(await archive.hash(minutes, range)).toBe(hash);
      expect(await archive.hash(minutes)).not.toBe(hash);
    }),
  );

  it(
    "a removed series is gone and can be stored again",
    using(async (archive) => {
      await archive.appendBars(minutes, columnsOf([bar(0)]));
      expect(await archive.remove(minutes)).toBe(true);
      expect(await archive.remove(minutes)).toBe(false);
      expect(await archive.list()).toEqual([]);
      await archive.appendBars(minutes, columnsOf([bar(1)]));
      expect((await archive.info(minutes))?.rows).toBe(1);
    }),
  );

  it(
    "any symbol an exchange may think of is stored under its own name",
    using(async (archive) => {
      const symbols = ["1000PEPEUSDT", "BTC-240628-60000-C", "币安人生USDT", "../../etc", "A/B:C", "."];
      for (const symbol of symbols) await archive.appendBars({ ...minutes, symbol }, columnsOf([bar(0)]));
      expect((await archive.list()).map(({ key }) => key.symbol).toSorted()).toEqual(symbols.toSorted());
    }),
  );
}

function testInstruments(using: Using): void {
  it(
    "an instrument is found by exchange, market and symbol",
    using(async (archive) => {
      await archive.saveInstruments([instrument, { ...instrument, symbol: "ETHUSDT", baseAsset: "ETH" }]);
      expect(await archive.instrument(btc)).toEqual(instrument);
      expect(await archive.instrument({ ...btc, market: "linear" })).toBeUndefined();
    }),
  );

  it(
    "a guess is refined by the next one and gives way to a description",
    using(async (archive) => {
      await archive.saveInstruments([{ ...instrument, priceStep: "0.1" }], { inferred: true });
      await archive.saveInstruments([{ ...instrument, quantityStep: "1" }], { inferred: true });
      expect(await archive.instrument(btc)).toEqual(instrument);
      await archive.saveInstruments([{ ...instrument, priceStep: "0.5" }]);
      await archive.saveInstruments([instrument], { inferred: true });
      expect((await archive.instrument(btc))?.priceStep).toBe("0.5");
    }),
  );
}

function bar(minute: number, price = 10): Bar {
  return { openTime: NEW_YEAR + minute * MINUTE_MS, open: price, high: price, low: price, close: price, volume: 1 };
}

function trades(rows: readonly (readonly [seconds: number, price: number, id: string])[]): TradeColumns {
  return {
    length: rows.length,
    time: Float64Array.from(rows, ([seconds]) => NEW_YEAR + seconds * 1_000),
    price: Float64Array.from(rows, ([, price]) => price),
    quantity: Float64Array.from(rows, () => 1),
    takerSide: Int8Array.from(rows, ([, price]) => (price > 10 ? -1 : 1)),
    id: rows.map(([, , id]) => id),
  };
}

async function readBars(archive: Archive, range?: { from: number; to: number }): Promise<BarColumns> {
  const chunks: BarColumns[] = [];
  for await (const chunk of archive.readBars(minutes, range)) chunks.push(chunk);
  return concatBars(chunks);
}

async function readTrades(archive: Archive): Promise<TradeColumns> {
  const chunks: TradeColumns[] = [];
  for await (const chunk of archive.readTrades(ticks)) chunks.push(chunk);
  return chunks[0] ?? trades([]);
}

function plain(bars: BarColumns): readonly Bar[] {
  return Array.from({ length: bars.length }, (_, row) => barAt(bars, row));
}
