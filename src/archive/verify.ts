import type { BarColumns } from "../domain/bar.ts";
import { barOpenTime } from "../domain/timeframe.ts";
import type { Archive, BarSeriesKey, PointSeriesKey, SeriesKey, TradeSeriesKey } from "./archive.ts";
import { type Gap, GapFinder, phaseOf } from "./gaps.ts";

/** How often something was found, and the first times at which. */
export interface Finding {
  readonly count: number;
  readonly times: readonly number[];
}

/** A stretch of bars in which nothing was traded. */
export interface QuietRun {
  readonly from: number;
  readonly to: number;
  readonly bars: number;
}

/** What `data verify` knows about a series. Only `faults` are wrong in themselves; the rest may be how the market was. */
export interface SeriesCheck {
  readonly key: SeriesKey;
  readonly rows: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly hash: string;
  /** Stretches without bars: outages of the exchange, minutes without a trade, days that were not imported. */
  readonly gaps: readonly Gap[];
  readonly missing: number;
  /** Bars that do not open on a boundary of their timeframe. */
  readonly offGrid: Finding;
  /** Milliseconds by which all bars open after our boundaries, as weeks from Thursday do. */
  readonly phase: number;
  /** Bars without volume, where the source has volumes at all. */
  readonly quiet: { readonly bars: number; readonly runs: number; readonly longest: QuietRun | undefined };
  readonly faults: {
    readonly duplicates: Finding;
    readonly disorder: Finding;
    /** A low that is not the lowest, a high that is not the highest, a price that is not above zero. */
    readonly ohlc: Finding;
  };
}

const TIMES_SHOWN = 5;

/** Reads a whole series and tells what is remarkable about it. Throws a `DataError` when a file is damaged. */
export async function verifySeries(archive: Archive, key: SeriesKey): Promise<SeriesCheck> {
  const hash = await archive.hash(key);
  const checker = new SeriesChecker(key, hash);
  if (key.kind === "bars") for await (const bars of archive.readBars(key)) checker.addBars(key, bars);
  else for await (const times of readTimes(archive, key)) checker.addTimes(times, key.kind !== "trades");
  return checker.finish();
}

/** Whether something in the series is wrong in itself. */
export function hasFaults({ faults }: SeriesCheck): boolean {
  return Object.values(faults).some(({ count }) => count > 0);
}

async function* readTimes(archive: Archive, key: TradeSeriesKey | PointSeriesKey): AsyncGenerator<Float64Array> {
  if (key.kind === "trades") for await (const { time } of archive.readTrades(key, {}, { ids: false })) yield time;
  else for await (const { time } of archive.readPoints(key)) yield time;
}

class SeriesChecker {
  readonly #key: SeriesKey;
  readonly #hash: string;
  #gaps: GapFinder | undefined;
  #phase = 0;
  #rows = 0;
  #first = NaN;
  #last = NaN;
  readonly #offGrid = new Counter();
  readonly #duplicates = new Counter();
  readonly #disorder = new Counter();
  readonly #ohlc = new Counter();
  readonly #quiet = new QuietRuns();

  constructor(key: SeriesKey, hash: string) {
    this.#key = key;
    this.#hash = hash;
  }

  addBars(key: BarSeriesKey, bars: BarColumns): void {
    if (this.#gaps === undefined) {
      this.#phase = phaseOf(key.timeframe, bars.openTime);
      this.#gaps = new GapFinder(key.timeframe, this.#phase);
    }
    this.addTimes(bars.openTime, true);
    const { openTime, open, high, low, close, volume } = bars;
    for (let row = 0; row < bars.length; row += 1) {
      const time = openTime[row] as number;
      this.#gaps.add(time);
      if (barOpenTime(key.timeframe, time - this.#phase) + this.#phase !== time) this.#offGrid.add(time);
      const [first, top, bottom, last] = [open[row] as number, high[row] as number, low[row] as number, close[row] as number];
      const isSound = bottom > 0 && bottom <= first && bottom <= last && top >= first && top >= last;
      if (!isSound) this.#ohlc.add(time);
      this.#quiet.add(time, volume[row] === 0);
    }
  }

  addTimes(times: Float64Array, mustRise: boolean): void {
    for (const time of times) {
      if (time === this.#last && mustRise) this.#duplicates.add(time);
      else if (time < this.#last) this.#disorder.add(time);
      if (this.#rows === 0) this.#first = time;
      this.#rows += 1;
      this.#last = time;
    }
  }

  finish(): SeriesCheck {
    return {
      key: this.#key,
      rows: this.#rows,
      firstTime: this.#first,
      lastTime: this.#last,
      hash: this.#hash,
      gaps: this.#gaps?.gaps ?? [],
      missing: this.#gaps?.missing ?? 0,
      offGrid: this.#offGrid.finding(),
      phase: this.#phase,
      quiet: this.#quiet.summary(this.#rows),
      faults: { duplicates: this.#duplicates.finding(), disorder: this.#disorder.finding(), ohlc: this.#ohlc.finding() },
    };
  }
}

class Counter {
  #count = 0;
  readonly #times: number[] = [];

  add(time: number): void {
    this.#count += 1;
    if (this.#times.length < TIMES_SHOWN) this.#times.push(time);
  }

  finding(): Finding {
    return { count: this.#count, times: this.#times };
  }
}

class QuietRuns {
  #bars = 0;
  #runs = 0;
  #current: QuietRun | undefined;
  #longest: QuietRun | undefined;

  add(time: number, isQuiet: boolean): void {
    if (!isQuiet) {
      this.#current = undefined;
      return;
    }
    this.#bars += 1;
    if (this.#current === undefined) this.#runs += 1;
    this.#current = { from: this.#current?.from ?? time, to: time, bars: (this.#current?.bars ?? 0) + 1 };
    if (this.#current.bars > (this.#longest?.bars ?? 0)) this.#longest = this.#current;
  }

  /** A series in which no bar has a volume comes from a source without volumes. */
  summary(rows: number): SeriesCheck["quiet"] {
    if (this.#bars === rows) return { bars: 0, runs: 0, longest: undefined };
    return { bars: this.#bars, runs: this.#runs, longest: this.#longest };
  }
}
