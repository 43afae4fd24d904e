import { createHash } from "node:crypto";
import { ConfigurationError } from "../base/errors.ts";
import { BAR_COLUMN_NAMES, sliceBars, type BarColumns } from "../domain/bar.ts";
import type { Funding } from "../domain/funding.ts";
import type { Instrument } from "../domain/instrument.ts";
import { barCloseTime, type Timeframe } from "../domain/timeframe.ts";
import { MergedFeed } from "../engine/merged-feed.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";
import type { MarketData } from "./market-data.ts";

/** One symbol's bars that a program holds in memory. */
export interface MemoryBars {
  readonly instrument: Instrument;
  readonly timeframe: Timeframe;
  /** Open times strictly rising. */
  readonly bars: BarColumns;
  /** In time order. */
  readonly funding?: readonly Funding[];
}

/** Market data from memory, for programs and tests. One entry per symbol of the run, in any order. */
export function memoryData(entries: readonly MemoryBars[], run: ResolvedRunOptions): MarketData {
  const chosen = run.symbols.map((symbol) => {
    const entry = entries.find(({ instrument }) => instrument.symbol === symbol);
    if (entry === undefined)
      throw new ConfigurationError(`data: there are no bars of ${symbol}; add an entry whose instrument has this symbol`);
    checkBars(symbol, entry.bars);
    return entry;
  });
  const from = run.from ?? Math.min(...chosen.map(({ bars }) => bars.openTime[0] as number));
  const to = run.to ?? Math.max(...chosen.map(({ bars, timeframe }) => barCloseTime(timeframe, bars.openTime[bars.length - 1] as number)));
  const part = ({ bars }: MemoryBars, warmupMs: number): BarColumns => sliceBars(bars, rowAt(bars, from - warmupMs), rowAt(bars, to));
  return {
    source: "memory",
    instruments: chosen.map(({ instrument }) => instrument),
    streams: chosen.map(({ instrument, timeframe }) => ({ symbol: instrument.symbol, timeframe })),
    from,
    to,
    warnings: [],
    open: async (warmupMs) =>
      new MergedFeed(
        chosen.map((entry) => ({
          symbol: entry.instrument.symbol,
          timeframe: entry.timeframe,
          chunks: [part(entry, warmupMs)],
          funding: (entry.funding ?? []).filter(({ time }) => time >= from && time < to),
        })),
      ),
    hash: async (warmupMs) => {
      const hash = createHash("sha256");
      for (const entry of chosen) {
        const bars = part(entry, warmupMs);
        for (const name of BAR_COLUMN_NAMES) hash.update(new Uint8Array(bars[name].slice(0, bars.length).buffer));
      }
      return hash.digest("hex");
    },
  };
}

function checkBars(symbol: string, bars: BarColumns): void {
  if (bars.length === 0) throw new ConfigurationError(`data: the bars of ${symbol} are empty`);
  for (let row = 1; row < bars.length; row += 1) {
    if ((bars.openTime[row] as number) > (bars.openTime[row - 1] as number)) continue;
    throw new ConfigurationError(
      `data: the bars of ${symbol} are not in time order at row ${row}; sort them by open time and drop doubles`,
    );
  }
}

/** The first row that opens at or after a moment. */
function rowAt(bars: BarColumns, time: number): number {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bars.openTime[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
