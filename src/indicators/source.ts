import { ConfigurationError } from "../base/errors.ts";
import type { Bar, BarColumns } from "../domain/bar.ts";
import { RowBar } from "./row-bar.ts";
import type { Indicator, Source, SourceName, Study } from "./indicator.ts";

/** A source made ready to be read bar by bar or as a column, with the same numbers either way. */
export interface SourceReader {
  /** Number of bars until the first number. */
  readonly warmup: number;
  read(bar: Bar): number;
  column(columns: BarColumns): Float64Array;
  reset(): void;
}

/** Names of the prices an indicator can read. */
export const SOURCE_NAMES: readonly SourceName[] = ["open", "high", "low", "close", "volume", "hl2", "hlc3", "ohlc4", "hlcc4"];

const DERIVED: Readonly<Record<SourceName, (bar: Bar) => number>> = {
  open: (bar) => bar.open,
  high: (bar) => bar.high,
  low: (bar) => bar.low,
  close: (bar) => bar.close,
  volume: (bar) => bar.volume,
  hl2: (bar) => (bar.high + bar.low) / 2,
  hlc3: (bar) => (bar.high + bar.low + bar.close) / 3,
  ohlc4: (bar) => (bar.open + bar.high + bar.low + bar.close) / 4,
  hlcc4: (bar) => (bar.high + bar.low + 2 * bar.close) / 4,
};

/** Indicators that already feed another one: shown each bar by it, they must not be shown the bar again. */
const feeding = new WeakSet<Indicator>();

/** Makes a source readable; `owner` is the name of the indicator that reads it, for the message when it cannot. */
export function readerOf(source: Source, owner: string): SourceReader {
  if (typeof source === "string") return namedReader(source, owner);
  if (typeof source === "function") return new FunctionReader(source);
  if (!isIndicator(source)) throw unknownSource(source, owner);
  if (feeding.has(source)) {
    throw new ConfigurationError(`${owner}: its source already feeds another indicator and would see every bar twice; make a second one`);
  }
  feeding.add(source);
  return new IndicatorReader(source);
}

/** Whether an indicator is one that can start again and run over columns. */
export function isStudy(indicator: Indicator): indicator is Study {
  return "over" in indicator && "reset" in indicator && "lines" in indicator;
}

function namedReader(name: SourceName, owner: string): SourceReader {
  if (!Object.hasOwn(DERIVED, name)) throw unknownSource(name, owner);
  if (name === "open" || name === "high" || name === "low" || name === "close" || name === "volume") {
    return new ColumnReader(name, DERIVED[name]);
  }
  return new FunctionReader(DERIVED[name]);
}

function isIndicator(source: unknown): source is Indicator {
  return typeof source === "object" && source !== null && "update" in source && "value" in source && "warmup" in source;
}

function unknownSource(source: unknown, owner: string): ConfigurationError {
  const names = SOURCE_NAMES.join(", ");
  return new ConfigurationError(`${owner}: a source is one of ${names}, an indicator or a function of the bar, got ${String(source)}`);
}

class ColumnReader implements SourceReader {
  readonly warmup = 1;
  readonly read: (bar: Bar) => number;
  readonly #name: "open" | "high" | "low" | "close" | "volume";

  constructor(name: "open" | "high" | "low" | "close" | "volume", read: (bar: Bar) => number) {
    this.#name = name;
    this.read = read;
  }

  column(columns: BarColumns): Float64Array {
    return columns[this.#name];
  }

  reset(): void {}
}

class FunctionReader implements SourceReader {
  readonly warmup = 1;
  readonly read: (bar: Bar) => number;

  constructor(read: (bar: Bar) => number) {
    this.read = read;
  }

  column(columns: BarColumns): Float64Array {
    const bar = new RowBar();
    const values = new Float64Array(columns.length);
    for (let row = 0; row < columns.length; row += 1) values[row] = this.read(bar.at(columns, row));
    return values;
  }

  reset(): void {}
}

class IndicatorReader implements SourceReader {
  readonly warmup: number;
  readonly #indicator: Indicator;
  #hasRead = false;

  constructor(indicator: Indicator) {
    this.warmup = indicator.warmup;
    this.#indicator = indicator;
  }

  read(bar: Bar): number {
    this.#hasRead = true;
    this.#indicator.update(bar);
    return this.#indicator.value;
  }

  column(columns: BarColumns): Float64Array {
    const indicator = this.#indicator;
    this.#hasRead = true;
    if (isStudy(indicator)) return indicator.over(columns)[indicator.lines[0] as string] as Float64Array;
    const bar = new RowBar();
    const values = new Float64Array(columns.length);
    for (let row = 0; row < columns.length; row += 1) values[row] = this.read(bar.at(columns, row));
    return values;
  }

  reset(): void {
    if (!this.#hasRead) return;
    const indicator = this.#indicator as Indicator & Partial<Pick<Study, "reset">>;
    if (indicator.reset === undefined) {
      throw new ConfigurationError("An indicator that feeds another one and has no reset() can be run only once; give it a reset()");
    }
    indicator.reset();
    this.#hasRead = false;
  }
}
