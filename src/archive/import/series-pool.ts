import { type BarColumns, concatBars } from "../../domain/bar.ts";
import type { PointColumns } from "../../domain/funding.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { TradeColumns } from "../../domain/trade.ts";
import type { AppendResult, Archive } from "../archive.ts";
import { seriesName } from "../series-path.ts";
import { InstrumentGuesses } from "./instrument-guess.ts";
import type { Part } from "./outcome.ts";

type SeriesPart = Exclude<Part, { kind: "instruments" }>;

/** What an import did to one series. */
export interface SeriesReport extends AppendResult {
  readonly series: string;
  readonly rows: number;
}

/** Rows that wait in memory before they are written, about 400 MB. */
const ROWS_MAX = 8_000_000;
/** A trade's id takes about as much memory as two rows of bars. */
const WEIGHT_OF_ID = 3;

/** Gathers the rows of many files per series and appends them in as few writes as memory allows. */
export class SeriesPool {
  readonly #archive: Archive;
  readonly #isDryRun: boolean;
  readonly #waiting = new Map<string, SeriesPart[]>();
  readonly #reports = new Map<string, SeriesReport>();
  readonly #guesses = new InstrumentGuesses();
  #described: Instrument[] = [];
  #rows = 0;

  constructor(archive: Archive, isDryRun: boolean) {
    this.#archive = archive;
    this.#isDryRun = isDryRun;
  }

  add(part: Part): void {
    if (part.kind === "instruments") {
      this.#described = this.#described.concat(part.instruments);
      return;
    }
    const name = seriesName(part.key);
    this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), part]);
    const weight = part.kind === "trades" && part.columns.id.length > 0 ? WEIGHT_OF_ID : 1;
    this.#rows += part.columns.length * weight;
    this.#guesses.learn(part);
  }

  async flushIfLarge(): Promise<void> {
    if (this.#rows >= ROWS_MAX) await this.#flush();
  }

  async finish(): Promise<{ series: readonly SeriesReport[]; instruments: number }> {
    await this.#flush();
    if (!this.#isDryRun) {
      await this.#archive.saveInstruments(this.#described);
      await this.#archive.saveInstruments(this.#guesses.instruments(), { inferred: true });
    }
    const series = [...this.#reports.values()].toSorted((one, other) => (one.series < other.series ? -1 : 1));
    return { series, instruments: this.#described.length };
  }

  async #flush(): Promise<void> {
    for (const [name, parts] of this.#waiting) {
      for (const run of joinRuns(parts)) await this.#append(name, run);
    }
    this.#waiting.clear();
    this.#rows = 0;
  }

  async #append(series: string, part: SeriesPart): Promise<void> {
    const rows = part.columns.length;
    const result = this.#isDryRun ? { added: 0, unchanged: 0, replaced: 0 } : await this.#store(part);
    const before = this.#reports.get(series) ?? { series, rows: 0, added: 0, unchanged: 0, replaced: 0 };
    this.#reports.set(series, {
      series,
      rows: before.rows + rows,
      added: before.added + result.added,
      unchanged: before.unchanged + result.unchanged,
      replaced: before.replaced + result.replaced,
    });
  }

  async #store(part: SeriesPart): Promise<AppendResult> {
    switch (part.kind) {
      case "bars":
        return this.#archive.appendBars(part.key, part.columns);
      case "trades":
        return this.#archive.appendTrades(part.key, part.columns);
      case "points":
        return this.#archive.appendPoints(part.key, part.columns);
    }
  }
}

/** Joins parts that follow each other in time, such as the days of a year; parts that overlap stay apart, in the order given. */
function joinRuns(parts: readonly SeriesPart[]): readonly SeriesPart[] {
  const isApart = parts
    .toSorted((one, other) => firstTime(one) - firstTime(other))
    .every((part, place, sorted) => place === 0 || firstTime(part) > lastTime(sorted[place - 1] as SeriesPart));
  if (!isApart) return parts;
  const sorted = parts.toSorted((one, other) => firstTime(one) - firstTime(other));
  const [first] = sorted;
  if (first === undefined || sorted.length === 1) return sorted;
  return [joined(first, sorted)];
}

function joined(first: SeriesPart, parts: readonly SeriesPart[]): SeriesPart {
  switch (first.kind) {
    case "bars":
      return { ...first, columns: concatBars(parts.map((part) => part.columns as BarColumns)) };
    case "trades":
      return { ...first, columns: concatTrades(parts.map((part) => part.columns as TradeColumns)) };
    case "points":
      return { ...first, columns: concatPoints(parts.map((part) => part.columns as PointColumns)) };
  }
}

function concatTrades(parts: readonly TradeColumns[]): TradeColumns {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = { length, time: new Float64Array(length), price: new Float64Array(length), quantity: new Float64Array(length) };
  const takerSide = new Int8Array(length);
  const hasIds = parts.some((part) => part.id.length > 0);
  let row = 0;
  for (const part of parts) {
    for (const name of ["time", "price", "quantity"] as const) whole[name].set(part[name], row);
    takerSide.set(part.takerSide, row);
    row += part.length;
  }
  const id = hasIds ? parts.flatMap((part) => (part.id.length > 0 ? part.id : Array.from({ length: part.length }, () => ""))) : [];
  return { ...whole, takerSide, id };
}

function concatPoints(parts: readonly PointColumns[]): PointColumns {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = { length, time: new Float64Array(length), value: new Float64Array(length) };
  let row = 0;
  for (const part of parts) {
    whole.time.set(part.time, row);
    whole.value.set(part.value, row);
    row += part.length;
  }
  return whole;
}

function timesOf(part: SeriesPart): Float64Array {
  return part.kind === "bars" ? part.columns.openTime : part.columns.time;
}

function firstTime(part: SeriesPart): number {
  return timesOf(part)[0] ?? NaN;
}

function lastTime(part: SeriesPart): number {
  return timesOf(part)[part.columns.length - 1] ?? NaN;
}
