import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { assert } from "../../base/assert.ts";
import { DataError } from "../../base/errors.ts";
import type { BarColumns } from "../../domain/bar.ts";
import type { PointColumns } from "../../domain/funding.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { TradeColumns } from "../../domain/trade.ts";
import type {
  AppendResult,
  Archive,
  BarSeriesKey,
  InstrumentAddress,
  PointSeriesKey,
  SaveInstrumentOptions,
  SeriesInfo,
  SeriesKey,
  TimeRange,
  TradeReadOptions,
  TradeSeriesKey,
} from "../archive.ts";
import { seriesName } from "../series-path.ts";
import { hasCode, isSystemError, reasonOf } from "../../base/system-error.ts";
import type { Table } from "./columns.ts";
import { InstrumentStore } from "./instrument-store.ts";
import { describeSeries, MANIFEST_FILE, readManifest } from "./manifest.ts";
import { StoredSeries } from "./series.ts";
import { barsOfTable, pointsOfTable, tableOfBars, tableOfPoints, tableOfTrades, tradesOfTable } from "./series-table.ts";

/** The archive of one machine: Parquet files (zstd) in folders named after what they hold. */
export class ParquetArchive implements Archive {
  readonly #root: string;
  readonly #instruments: InstrumentStore;

  /** Nothing is created before the first append. */
  constructor(root: string) {
    this.#root = root;
    this.#instruments = new InstrumentStore(root);
  }

  async list(): Promise<readonly SeriesInfo[]> {
    const names = await readdir(this.#root, { recursive: true }).catch((cause: unknown) => {
      if (hasCode(cause, "ENOENT")) return [];
      throw new DataError(`the archive ${this.#root} cannot be read: ${reasonOf(cause)}`, { cause });
    });
    const folders = names.filter((name) => basename(name) === MANIFEST_FILE).map((name) => dirname(join(this.#root, name)));
    const manifests = await Promise.all(folders.map(readManifest));
    const infos = manifests.flatMap((manifest) =>
      manifest === undefined || manifest.files.length === 0 ? [] : [describeSeries(manifest)],
    );
    return infos.toSorted((one, other) => (seriesName(one.key) < seriesName(other.key) ? -1 : 1));
  }

  async info(key: SeriesKey): Promise<SeriesInfo | undefined> {
    return this.#series(key).info();
  }

  async appendBars(key: BarSeriesKey, bars: BarColumns): Promise<AppendResult> {
    return this.#append(key, tableOfBars(bars), "rising");
  }

  async appendTrades(key: TradeSeriesKey, trades: TradeColumns): Promise<AppendResult> {
    return this.#append(key, tableOfTrades(trades), "notFalling");
  }

  async appendPoints(key: PointSeriesKey, points: PointColumns): Promise<AppendResult> {
    return this.#append(key, tableOfPoints(points), "rising");
  }

  async *readBars(key: BarSeriesKey, range?: TimeRange): AsyncGenerator<BarColumns> {
    for await (const table of this.#series(key).read(range)) yield barsOfTable(table);
  }

  async *readTrades(key: TradeSeriesKey, range?: TimeRange, { ids = true }: TradeReadOptions = {}): AsyncGenerator<TradeColumns> {
    const columns = ids ? undefined : ["time", "price", "quantity", "taker_side"];
    for await (const table of this.#series(key).read(range, columns)) yield tradesOfTable(table);
  }

  async *readPoints(key: PointSeriesKey, range?: TimeRange): AsyncGenerator<PointColumns> {
    for await (const table of this.#series(key).read(range)) yield pointsOfTable(table);
  }

  async hash(key: SeriesKey, range: TimeRange = {}): Promise<string> {
    return this.#series(key).hash(range);
  }

  async remove(key: SeriesKey): Promise<boolean> {
    return this.#series(key).remove().catch(asDataError);
  }

  async instrument(address: InstrumentAddress): Promise<Instrument | undefined> {
    return this.#instruments.get(address);
  }

  async saveInstruments(instruments: readonly Instrument[], options: SaveInstrumentOptions = {}): Promise<void> {
    await this.#instruments.save(instruments, options).catch(asDataError);
  }

  /** Nothing is held open between calls. */
  async [Symbol.asyncDispose](): Promise<void> {}

  #series(key: SeriesKey): StoredSeries {
    return new StoredSeries(this.#root, key);
  }

  async #append(key: SeriesKey, table: Table, order: "rising" | "notFalling"): Promise<AppendResult> {
    assertStorable(table, order, key);
    return this.#series(key).append(table).catch(asDataError);
  }
}

/** A full disk or a folder without permission, told as what it is. */
function asDataError(cause: unknown): never {
  if (!isSystemError(cause)) throw cause;
  throw new DataError(
    `the archive cannot be written: ${cause.message}; free space or give permission, what was stored before is untouched`,
    { cause },
  );
}

/** Whoever appends has checked what the world sent; here a wrong row is a programmer's mistake. */
function assertStorable(table: Table, order: "rising" | "notFalling", key: SeriesKey): void {
  for (const { name, values } of table.columns) {
    assert(values.length === table.rows, `${seriesName(key)}: column ${name} has ${values.length} values for ${table.rows} rows`);
    if (!(values instanceof Float64Array)) continue;
    const row = values.findIndex((value) => !Number.isFinite(value));
    assert(row < 0, `${seriesName(key)}: column ${name} of row ${row} is not a number`);
  }
  const times = table.columns[0]?.values as Float64Array;
  const stepMin = order === "rising" ? Number.MIN_VALUE : 0;
  const row = times.findIndex((time, place) => place > 0 && time - (times[place - 1] as number) < stepMin);
  assert(row < 0, `${seriesName(key)}: the time of row ${row} is not after the one before`);
}
