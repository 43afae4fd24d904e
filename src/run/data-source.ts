import { createHash } from "node:crypto";
import type { Archive, BarSeriesKey, InstrumentAddress, SeriesInfo } from "../archive/archive.ts";
import { ConfigurationError, MissingDataError } from "../base/errors.ts";
import type { Funding } from "../domain/funding.ts";
import type { Instrument } from "../domain/instrument.ts";
import { canResample, timeframeMs, TIMEFRAMES, type Timeframe } from "../domain/timeframe.ts";
import type { Feed } from "../engine/feed.ts";
import { MergedFeed, type BarSource } from "../engine/merged-feed.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";
import type { MarketData } from "./market-data.ts";
import { describeMissing, marketName } from "./missing-data.ts";

/** A stored series of bars and how long it is. */
interface ChosenSeries extends SeriesInfo {
  readonly key: BarSeriesKey;
}

/** A series that covers at least this share of what the best one covers is as good as the best one. */
const GOOD_ENOUGH = 0.98;

/** Finds what a run needs in the archive: for each symbol the finest bars that cover the period. Says what to import where there is none. */
export async function archiveData(archive: Archive, run: ResolvedRunOptions, now: number): Promise<MarketData> {
  refuseFuture(run, now);
  const chosen: ChosenSeries[] = [];
  const instruments: Instrument[] = [];
  for (const symbol of run.symbols) {
    const address = { exchange: run.exchange, market: run.market, symbol };
    chosen.push(await chooseSeries(archive, address, run));
    instruments.push(await instrumentOf(archive, address));
  }
  const from = run.from ?? Math.min(...chosen.map(({ firstTime }) => firstTime));
  const to = run.to ?? Math.max(...chosen.map(endOf));
  return {
    source: "archive",
    instruments,
    streams: chosen.map(({ key }) => ({ symbol: key.symbol, timeframe: key.timeframe })),
    from,
    to,
    warnings: chosen.flatMap((info) => coverageWarnings(info, { from, to })),
    open: (warmupMs) => openFeed(archive, chosen, { from: from - warmupMs, to }),
    hash: (warmupMs) => hashOf(archive, chosen, { from: from - warmupMs, to }),
  };
}

function refuseFuture({ from }: ResolvedRunOptions, now: number): void {
  if (from === undefined || from <= now) return;
  throw new ConfigurationError(`from: ${isoOf(from)} lies in the future; write a moment that has bars`);
}

/** Candidates are all timeframes from which the run's can be built. Finer bars make fills more exact, so the finest one wins. */
async function chooseSeries(archive: Archive, address: InstrumentAddress, run: ResolvedRunOptions): Promise<ChosenSeries> {
  const usable = TIMEFRAMES.filter((timeframe) => canResample(timeframe, run.timeframe));
  const infos = await Promise.all(usable.map((timeframe) => archive.info(barsKey(address, timeframe))));
  const found = infos.filter((info): info is ChosenSeries => info !== undefined && info.rows > 0);
  const covered = found.map((info) => coverageMs(info, run));
  const most = Math.max(0, ...covered);
  const best = found.find((_, index) => (covered[index] as number) >= most * GOOD_ENOUGH);
  if (best !== undefined && most > 0) return best;
  throw new MissingDataError(await describeMissing({ archive, address, run, stored: found }));
}

function barsKey(address: InstrumentAddress, timeframe: Timeframe): BarSeriesKey {
  return { ...address, kind: "bars", timeframe, priceType: "trade" };
}

function coverageMs(
  info: ChosenSeries,
  { from = -Infinity, to = Infinity }: { readonly from?: number | undefined; readonly to?: number | undefined },
): number {
  return Math.max(0, Math.min(to, endOf(info)) - Math.max(from, info.firstTime));
}

function endOf({ key, lastTime }: ChosenSeries): number {
  return lastTime + timeframeMs(key.timeframe);
}

async function instrumentOf(archive: Archive, address: InstrumentAddress): Promise<Instrument> {
  const instrument = await archive.instrument(address);
  if (instrument !== undefined) return instrument;
  const { symbol } = address;
  throw new MissingDataError(`the archive does not know the price steps of ${marketName(address)} ${symbol}: import its bars again`);
}

async function openFeed(archive: Archive, chosen: readonly ChosenSeries[], range: { from: number; to: number }): Promise<Feed> {
  const sources = chosen.map(async ({ key }): Promise<BarSource> => {
    const funding = key.market === "spot" ? [] : await readFunding(archive, key, range);
    return { symbol: key.symbol, timeframe: key.timeframe, chunks: archive.readBars(key, range), funding };
  });
  return new MergedFeed(await Promise.all(sources));
}

async function readFunding(
  archive: Archive,
  { exchange, market, symbol }: InstrumentAddress,
  range: { from: number; to: number },
): Promise<Funding[]> {
  const payments: Funding[] = [];
  for await (const { length, time, value } of archive.readPoints({ exchange, market, symbol, kind: "funding" }, range)) {
    for (let row = 0; row < length; row += 1) payments.push({ time: time[row] as number, rate: value[row] as number });
  }
  return payments;
}

async function hashOf(archive: Archive, chosen: readonly ChosenSeries[], range: { from: number; to: number }): Promise<string> {
  const hash = createHash("sha256");
  for (const { key } of chosen) {
    const { exchange, market, symbol } = key;
    hash.update(`${key.timeframe} ${await archive.hash(key, range)}\n`);
    if (market !== "spot") hash.update(`funding ${await archive.hash({ exchange, market, symbol, kind: "funding" }, range)}\n`);
  }
  return hash.digest("hex");
}

/** A period that is only covered in part is run as far as it goes, and the report says so. */
function coverageWarnings(info: ChosenSeries, { from, to }: { readonly from: number; readonly to: number }): string[] {
  const { symbol, timeframe } = info.key;
  const slack = timeframeMs(timeframe);
  const warnings: string[] = [];
  if (info.firstTime - from > slack) warnings.push(`${symbol} ${timeframe} begins on ${isoOf(info.firstTime)}, after the run`);
  if (to - endOf(info) > slack) warnings.push(`${symbol} ${timeframe} ends on ${isoOf(endOf(info))}, before the run`);
  return warnings;
}

function isoOf(time: number): string {
  return new Date(time).toISOString().replace(/T00:00:00\.000Z$|(:00)?\.000Z$/, "");
}
