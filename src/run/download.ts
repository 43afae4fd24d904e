import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Archive } from "../archive/archive.ts";
import { importFiles } from "../archive/import/import.ts";
import { DataError, MissingDataError, NetworkError } from "../base/errors.ts";
import type { Timeframe } from "../domain/timeframe.ts";

/** Binance's own archive of everything that was traded, open to everybody. */
const PUBLIC_ARCHIVE = "https://data.binance.vision";

/** How long the first answer may take before the network counts as closed. */
const PROBE_TIMEOUT_MS = 3_000;
const FILE_TIMEOUT_MS = 20_000;
const FILE_BYTES_MAX = 50_000_000;

/** A year of one spot symbol's bars. */
export interface YearOfBars {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly year: number;
}

/** What a download needs besides what is wanted. */
export interface DownloadOptions {
  readonly archive: Archive;
  /** Where files wait until all of them are there; removed afterwards. */
  readonly folder: string;
  readonly onProgress?: (files: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** @default Binance's public archive */
  readonly baseUrl?: string;
}

/** Whether the archive already holds the year, its first and last day included. */
export async function hasYear(archive: Archive, { symbol, timeframe, year }: YearOfBars): Promise<boolean> {
  const info = await archive.info({ exchange: "binance", market: "spot", symbol, kind: "bars", timeframe, priceType: "trade" });
  return info !== undefined && info.firstTime < Date.UTC(year, 0, 2) && info.lastTime >= Date.UTC(year, 11, 31);
}

/**
 * Brings a year of bars from Binance's public archive into ours. Each file is checked against the SHA-256 that lies beside it, and
 * nothing is stored before all are there; files that have come are kept for the next try. A closed network is found out within
 * seconds and ends in a `NetworkError`.
 */
export async function downloadYear(wanted: YearOfBars, options: DownloadOptions): Promise<void> {
  const { archive, folder, onProgress, signal } = options;
  const months = Array.from({ length: 12 }, (_, index) => monthOf(wanted, index + 1));
  const urlOf = (path: string): string => `${options.baseUrl ?? PUBLIC_ARCHIVE}/${path}`;
  const files: string[] = [];
  for (const [index, path] of months.entries()) {
    onProgress?.(index, months.length);
    const checksum = await getText(urlOf(`${path}.CHECKSUM`), index === 0 ? PROBE_TIMEOUT_MS : FILE_TIMEOUT_MS, signal);
    const file = join(folder, path);
    if (!isIntact(file, checksum)) await fetchFile(urlOf(path), { file, checksum, signal });
    files.push(file);
  }
  onProgress?.(months.length, months.length);
  const report = await importFiles(archive, files, { exchange: "binance", market: "spot" });
  const failed = report.files.find(({ status }) => status !== "imported");
  if (failed !== undefined) throw new DataError(`a downloaded file was refused: ${failed.message ?? failed.title}`);
  rmSync(folder, { recursive: true, force: true });
}

/** `data/spot/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-2024-01.zip` */
function monthOf({ symbol, timeframe, year }: YearOfBars, month: number): string {
  const name = `${symbol}-${timeframe}-${year}-${String(month).padStart(2, "0")}.zip`;
  return `data/spot/monthly/klines/${symbol}/${timeframe}/${name}`;
}

async function fetchFile(
  url: string,
  { file, checksum, signal }: { file: string; checksum: string; signal: AbortSignal | undefined },
): Promise<void> {
  const bytes = await get(url, FILE_TIMEOUT_MS, signal);
  if (hashOf(bytes) !== hashIn(checksum)) throw new DataError(`${url} does not have the checksum that lies beside it: try again later`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.partial`, bytes);
  renameSync(`${file}.partial`, file);
}

function isIntact(file: string, checksum: string): boolean {
  return existsSync(file) && hashOf(readFileSync(file)) === hashIn(checksum);
}

/** "<64 hexadecimal digits>  BTCUSDT-1m-2024-01.zip" */
function hashIn(checksum: string): string {
  const hash = /^[0-9a-f]{64}\b/i.exec(checksum.trim())?.[0];
  if (hash === undefined) throw new DataError("the public archive's checksum file holds no SHA-256: try again later");
  return hash.toLowerCase();
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function getText(url: string, timeoutMs: number, signal: AbortSignal | undefined): Promise<string> {
  return Buffer.from(await get(url, timeoutMs, signal)).toString("utf8");
}

async function get(url: string, timeoutMs: number, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const timeout = AbortSignal.timeout(timeoutMs);
  let response: Response;
  try {
    response = await fetch(url, { signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]) });
    if (response.ok) return await readLimited(response, url);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new NetworkError(`${new URL(url).host} cannot be reached: check the connection`, { cause });
  }
  if (response.status === 404) throw new MissingDataError(`${url} does not exist: the public archive does not have this month`);
  throw new NetworkError(`${url} answered with status ${response.status}: try again later`);
}

/** The body, as long as it is no larger than such a file can be. */
async function readLimited(response: Response, url: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    const bytes = part as Uint8Array; // A fetched body gives bytes.
    length += bytes.length;
    if (length > FILE_BYTES_MAX) throw new DataError(`${url} is larger than ${FILE_BYTES_MAX / 1e6} MB and cannot be a month of bars`);
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}
