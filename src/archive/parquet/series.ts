import { readdir, rm, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { AppendResult, SeriesInfo, SeriesKey, TimeRange } from "../archive.ts";
import { combineBlocks, type HashedBlock, hashBlocks } from "../fingerprint.ts";
import { hashBlockOf, partitionOf, periodEnd, seriesPath } from "../series-path.ts";
import { hasCode } from "../../base/system-error.ts";
import { concatTables, firstRowFrom, numbersOf, sliceTable, type Table } from "./columns.ts";
import { clearTemporary, makeFolder, writeDurably } from "./durable-file.ts";
import { withLock } from "./lock.ts";
import { describeSeries, MANIFEST_FILE, type Manifest, readManifest, type StoredFile, writeManifest } from "./manifest.ts";
import { mergeByTime, mergeTrades } from "./merge.ts";
import { readParquet } from "./read.ts";
import { encodeParquet } from "./write.ts";

const ATTEMPTS_MAX = 100;

/** One series on disk: a folder of Parquet files and the manifest that names them. */
export class StoredSeries {
  readonly key: SeriesKey;
  readonly folder: string;

  constructor(root: string, key: SeriesKey) {
    this.key = key;
    this.folder = join(root, ...seriesPath(key));
  }

  async info(): Promise<SeriesInfo | undefined> {
    const manifest = await readManifest(this.folder);
    return manifest === undefined || manifest.files.length === 0 ? undefined : describeSeries(manifest);
  }

  /** Joins rows with what is stored. All files are complete on disk before the manifest names the first of them. */
  async append(table: Table): Promise<AppendResult> {
    if (table.rows === 0) return { added: 0, unchanged: 0, replaced: 0 };
    await makeFolder(this.folder);
    return withLock(this.folder, async () => {
      const manifest = (await readManifest(this.folder)) ?? { key: this.key, files: [] };
      await this.#clearLeftovers(manifest);
      const files = new Map(manifest.files.map((file) => [file.partition, file]));
      const total = { added: 0, unchanged: 0, replaced: 0 };
      for (const [partition, rows] of this.#partitions(table)) {
        const old = files.get(partition);
        const { file, result } = await this.#writeFile(partition, rows, old);
        files.set(partition, file);
        total.added += result.added;
        total.unchanged += result.unchanged;
        total.replaced += result.replaced;
      }
      const sorted = [...files.values()].toSorted((one, other) => one.firstTime - other.firstTime);
      const next = { key: this.key, files: sorted };
      if (sorted.some((file) => !manifest.files.includes(file))) {
        await writeManifest(this.folder, next);
        await this.#clearLeftovers(next);
      }
      return total;
    });
  }

  /**
   * Stored rows of the range, one row group at a time. While a reader is busy a writer may replace files that it has not
   * come to: it then goes on in their successors, so that every file is read whole in the old or in the new state.
   */
  async *read(range: TimeRange = {}, columns?: readonly string[]): AsyncGenerator<Table> {
    let { from } = range;
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const manifest = await readManifest(this.folder);
      const files = manifest?.files.filter(
        ({ firstTime, lastTime }) => firstTime < (range.to ?? Infinity) && lastTime >= (from ?? -Infinity),
      );
      let isReplaced = false;
      for (const file of files ?? []) {
        try {
          yield* readParquet(join(this.folder, file.name), { ...range, ...(from === undefined ? {} : { from }) }, columns);
          from = Math.max(from ?? -Infinity, Math.min(periodEnd(file.partition), Number.MAX_VALUE));
        } catch (cause) {
          isReplaced = hasCode(cause, "ENOENT") && attempt < ATTEMPTS_MAX - 1 && (await isReplacedSince(this.folder, file));
          if (!isReplaced) throw cause;
          break;
        }
      }
      if (!isReplaced) return;
    }
  }

  /** Stored hashes of the blocks that lie inside the range; the rows of a block that the range cuts are read. */
  async hash(range: TimeRange): Promise<string> {
    const { from = -Infinity, to = Infinity } = range;
    const files = (await readManifest(this.folder))?.files ?? [];
    const blocks: HashedBlock[] = [];
    for (const file of files) {
      for (const block of file.blocks) {
        const start = Math.max(periodStart(block.name), file.firstTime);
        const end = periodEnd(block.name);
        if (end <= from || start >= to) continue;
        const isWhole = start >= from && (end <= to || file.lastTime < to);
        blocks.push(isWhole ? block : await this.#hashPart(block, { from: Math.max(from, start), to: Math.min(to, end) }));
      }
    }
    return combineBlocks(blocks);
  }

  async #hashPart({ name }: HashedBlock, range: TimeRange): Promise<HashedBlock> {
    const rows = await readAll(this.read(range));
    return (rows === undefined ? undefined : this.#blocks(rows)[0]) ?? { name, rows: 0, hash: "" };
  }

  async remove(): Promise<boolean> {
    if ((await readManifest(this.folder)) === undefined) return false;
    const isRemoved = await withLock(this.folder, async () => {
      if ((await readManifest(this.folder)) === undefined) return false;
      await writeManifest(this.folder, { key: this.key, files: [] });
      await this.#clearLeftovers({ key: this.key, files: [] });
      await rm(join(this.folder, MANIFEST_FILE));
      return true;
    });
    await this.#removeEmptyFolders();
    return isRemoved;
  }

  async #removeEmptyFolders(): Promise<void> {
    let folder = this.folder;
    for (const _ of seriesPath(this.key)) {
      const isRemoved = await rmdir(folder).then(
        () => true,
        () => false,
      );
      if (!isRemoved) return;
      folder = join(folder, "..");
    }
  }

  /** Deletes what the manifest does not name. Only the holder of the lock may, so nobody's unfinished work is among it. */
  async #clearLeftovers({ files }: Manifest): Promise<void> {
    const known = new Set(files.map(({ name }) => name));
    for (const name of await readdir(this.folder)) {
      if (name.endsWith(".parquet") && !known.has(name)) await rm(join(this.folder, name), { force: true });
    }
    await clearTemporary(this.folder);
  }

  async #writeFile(partition: string, fresh: Table, old: StoredFile | undefined): Promise<{ file: StoredFile; result: AppendResult }> {
    const stored = old === undefined ? undefined : await readAll(readParquet(join(this.folder, old.name)));
    const { table, result } =
      stored === undefined ? { table: fresh, result: { added: fresh.rows, unchanged: 0, replaced: 0 } } : this.#merge(stored, fresh);
    const blocks = this.#blocks(table);
    const name = `${partition}-${combineBlocks(blocks).slice(0, 16)}.parquet`;
    if (old?.name === name) return { file: old, result };
    const path = join(this.folder, name);
    await writeDurably(path, await encodeParquet(table));
    const times = this.#times(table);
    const { size } = await stat(path);
    const span = { firstTime: times[0] as number, lastTime: times[table.rows - 1] as number };
    return { file: { name, partition, rows: table.rows, ...span, bytes: size, blocks }, result };
  }

  #merge(old: Table, fresh: Table) {
    return this.key.kind === "trades" ? mergeTrades(old, fresh) : mergeByTime(old, fresh);
  }

  #blocks(table: Table): HashedBlock[] {
    const columns = table.columns.map(({ values }) => values);
    return hashBlocks(this.#times(table), columns, { nameOf: (time) => hashBlockOf(this.key, time), endOf: periodEnd });
  }

  #times(table: Table): Float64Array {
    return numbersOf(table, table.columns[0]?.name ?? "");
  }

  *#partitions(table: Table): Generator<[string, Table]> {
    const times = this.#times(table);
    for (let from = 0; from < table.rows; ) {
      const partition = partitionOf(this.key, times[from] as number);
      const to = firstRowFrom(times, periodEnd(partition));
      yield [partition, sliceTable(table, from, to)];
      from = to;
    }
  }
}

function periodStart(name: string): number {
  const [year = NaN, month = 1, day = 1] = name.split("-").map(Number);
  return Date.UTC(year, month - 1, day);
}

async function readAll(tables: AsyncIterable<Table>): Promise<Table | undefined> {
  const parts: Table[] = [];
  for await (const table of tables) parts.push(table);
  return concatTables(parts);
}

async function isReplacedSince(folder: string, { name }: StoredFile): Promise<boolean> {
  return (await readManifest(folder))?.files.every((file) => file.name !== name) ?? true;
}
