import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { columnsOf, type BarColumns } from "../../src/domain/bar.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/domain/timeframe.ts";

/** A trade as backtesting.py lists it. */
export interface ReferenceTrade {
  readonly Size: number;
  readonly EntryBar: number;
  readonly ExitBar: number;
  readonly EntryPrice: number;
  readonly ExitPrice: number;
  readonly SL: number | null;
  readonly TP: number | null;
  readonly PnL: number;
  readonly Commission: number;
  readonly ReturnPct: number;
  readonly EntryTime: string;
  readonly ExitTime: string;
  readonly Tag: string | null;
}

/** A run of backtesting.py: what went in and everything that came out. */
export interface ReferenceRun {
  readonly case: string;
  readonly strategy: string;
  readonly params: Readonly<Record<string, number>>;
  /** As Python prints them. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly bars: number;
  readonly first: string;
  readonly last: string;
  readonly stats: Readonly<Record<string, number | string | null>>;
  readonly trades: readonly ReferenceTrade[];
}

/** The options of `backtesting.Backtest`, read. */
export interface ReferenceOptions {
  readonly cash: number;
  readonly spread: number;
  readonly commissionFixed: number;
  readonly commissionRate: number;
  readonly margin: number;
  readonly tradeOnClose: boolean;
  readonly hedging: boolean;
  readonly exclusiveOrders: boolean;
  readonly finalizeTrades: boolean;
}

/** The cases of a file, none when it is not there. */
export function readRuns(file: string): readonly ReferenceRun[] {
  if (!existsSync(file)) return [];
  // Python writes what JSON has no word for; 1e999 reads as infinity.
  const text = readFileSync(file, "utf8").replaceAll(/(?<=[:[,]\s*-?)(NaN|Infinity)(?=\s*[,}\]])/g, (word) =>
    word === "NaN" ? "null" : "1e999",
  );
  return (JSON.parse(text) as { readonly cases: readonly ReferenceRun[] }).cases;
}

const OPTION_NAMES = [
  "cash",
  "spread",
  "commission",
  "margin",
  "trade_on_close",
  "hedging",
  "exclusive_orders",
  "finalize_trades",
] as const;

/** Reads the options of a run; one that is not known is refused by name. */
export function readOptions(given: ReferenceRun["options"]): ReferenceOptions {
  const options: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, `${value}`]));
  const unknown = Object.keys(options).filter((name) => !(OPTION_NAMES as readonly string[]).includes(name));
  if (unknown.length > 0) throw new Error(`unknown option ${unknown.join(", ")}; this test knows ${OPTION_NAMES.join(", ")}`);
  const number = (name: (typeof OPTION_NAMES)[number], otherwise: number): number => readNumber(name, options[name] ?? String(otherwise));
  const flag = (name: (typeof OPTION_NAMES)[number]): boolean => {
    const text = options[name] ?? "False";
    if (!/^(true|false)$/i.test(text)) throw new Error(`option ${name} is True or False, not ${text}`);
    return /^true$/i.test(text);
  };
  const parts = (options["commission"] ?? "0").replaceAll(/[()[\]\s]/g, "");
  const commission = parts.split(",").map((part) => readNumber("commission", part));
  if (commission.length > 2) throw new Error(`option commission is a rate or (fixed, rate), not ${parts}`);
  const [fixed = 0, rate] = commission;
  return {
    cash: number("cash", 10_000),
    spread: number("spread", 0),
    commissionFixed: rate === undefined ? 0 : fixed,
    commissionRate: rate ?? fixed,
    margin: number("margin", 1),
    tradeOnClose: flag("trade_on_close"),
    hedging: flag("hedging"),
    exclusiveOrders: flag("exclusive_orders"),
    finalizeTrades: flag("finalize_trades"),
  };
}

function readNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new Error(`option ${name} is a number, not "${text}"`);
  return value;
}

/** The bars of a run: the csv in one of the folders that has as many rows from the same first to the same last moment. */
export function findBars(run: ReferenceRun, folders: readonly string[]): BarColumns {
  for (const file of folders.flatMap(csvFilesIn)) {
    const bars = readCsv(file);
    const isIt =
      bars.length === run.bars && bars.openTime[0] === parseTime(run.first) && bars.openTime[bars.length - 1] === parseTime(run.last);
    if (isIt) return bars;
  }
  throw new Error(`no csv of ${run.bars} bars from ${run.first} to ${run.last} in ${folders.join(", ")}`);
}

/** Where the csv files of a file of cases may lie. */
export function dataFoldersOf(file: string): readonly string[] {
  const reference = new URL("../../../shared/reference/conformance/backtest/backtesting.py/", import.meta.url).pathname;
  const data = new URL("../../../shared/data/backtesting.py", import.meta.url).pathname;
  return [dirname(file), join(dirname(file), "backtesting/test"), join(reference, "backtesting/test"), data];
}

function csvFilesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".csv"))
    .toSorted()
    .map((name) => join(folder, name));
}

const files = new Map<string, BarColumns>();

/** ",Open,High,Low,Close,Volume", one bar a line, named by its time. */
function readCsv(file: string): BarColumns {
  let bars = files.get(file);
  if (bars === undefined) {
    const rows = readFileSync(file, "utf8").trim().split(/\r?\n/).slice(1);
    bars = columnsOf(
      rows.map((row) => {
        const [time = "", ...cells] = row.split(",");
        const [open = NaN, high = NaN, low = NaN, close = NaN, volume = 0] = cells.map(Number);
        return { openTime: parseTime(time), open, high, low, close, volume };
      }),
    );
    files.set(file, bars);
  }
  return bars;
}

/** "2004-08-19", "2004-08-19 00:00:00" or with a zone, as pandas writes a moment. */
export function parseTime(text: string): number {
  const iso = text.trim().replace(" ", "T");
  return Date.parse(iso.length <= 10 || /(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`);
}

/** "830 days 04:00:00", as pandas writes a duration, in milliseconds. */
function parseDuration(text: string): number {
  const match = /^(-?\d+) days?(?: \+?(\d+):(\d+):([\d.]+))?/.exec(text);
  if (match === null) throw new Error(`"${text}" is not a duration`);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * 1_000;
}

/** Whether a statistic of ours is the one in the file: to a precision, and nothing where pandas has no number or divides by zero. */
export function isSameStatistic(
  actual: number | string | undefined,
  expected: number | string | null,
  { unit = 1e-3, precision = 1e-9 }: { readonly unit?: number; readonly precision?: number } = {},
): boolean {
  if (expected === null || (typeof expected === "number" && !Number.isFinite(expected))) return actual === undefined;
  if (typeof actual !== "number") return false;
  if (typeof expected === "number") return isClose(actual, expected, { unit, precision });
  return actual === (/days?/.test(expected) ? parseDuration(expected) : parseTime(expected));
}

/** Equal to a precision of the expected size; `unit` is the least size that counts, where numbers are differences of larger ones. */
export function isClose(
  actual: number,
  expected: number,
  { unit = 1e-6, precision = 1e-9 }: { readonly unit?: number | undefined; readonly precision?: number } = {},
): boolean {
  return Math.abs(actual - expected) <= precision * Math.max(Math.abs(expected), unit);
}
