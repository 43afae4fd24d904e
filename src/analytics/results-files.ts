import type { ClosedTrade } from "../domain/position.ts";
import { underwater } from "./drawdowns.ts";
import { describeRun, toJson } from "./report-json.ts";
import type { RunRecord } from "./run-record.ts";
import type { Statistics } from "./statistics.ts";

/** What a folder of results is made of. */
export interface ResultsInput {
  readonly record: RunRecord;
  readonly statistics: Statistics;
  /** The rendered tear sheet; left out of the folder when absent. */
  readonly tearSheet?: string;
  /** The command line that was run, word by word. */
  readonly command: readonly string[];
}

/** Names and contents of the files of `results/<run id>/`. */
export function resultsFiles({ record, statistics, tearSheet, command }: ResultsInput): Readonly<Record<string, string>> {
  const run = { formatVersion: 1, runId: runIdOf(record), command, expert: record.expert, ...describeRun(record) };
  return {
    "run.json": toText(run),
    "report.json": toText(toJson(record, statistics)),
    "trades.csv": tradesCsv(record.trades),
    "equity.csv": equityCsv(record),
    ...(tearSheet === undefined ? {} : { "tear-sheet.html": tearSheet }),
  };
}

/** Name of a run's folder: expert, period and the journal's hash, so that equal runs share one. */
export function runIdOf(record: RunRecord): string {
  const name = record.expert.name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40);
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10).replaceAll("-", "");
  const hash = record.journalHash.replaceAll(/[^0-9a-z]/gi, "").slice(0, 10);
  return [name || "expert", day(record.from), day(record.to), hash].filter((part) => part !== "").join("-");
}

/** The trade list as CSV with a header; times in ISO 8601 (UTC), amounts in the settle asset, ratios as shares. */
export function tradesCsv(trades: readonly ClosedTrade[]): string {
  const columns: readonly (readonly [string, (trade: ClosedTrade, index: number) => string])[] = [
    ["number", (_, index) => String(index + 1)],
    ["symbol", (trade) => csvText(trade.symbol)],
    ["direction", (trade) => trade.direction],
    ["quantity", (trade) => String(trade.quantity)],
    ["entryTime", (trade) => isoTime(trade.entryTime)],
    ["entryPrice", (trade) => String(trade.entryPrice)],
    ["exitTime", (trade) => isoTime(trade.exitTime)],
    ["exitPrice", (trade) => String(trade.exitPrice)],
    ["grossPnl", (trade) => String(trade.grossPnl)],
    ["fees", (trade) => String(trade.fees)],
    ["funding", (trade) => String(trade.funding)],
    ["netPnl", (trade) => String(trade.netPnl)],
    ["returnRatio", (trade) => String(trade.returnRatio)],
    ["maxAdverseExcursion", (trade) => String(trade.maxAdverseExcursion)],
    ["maxFavorableExcursion", (trade) => String(trade.maxFavorableExcursion)],
    ["barsHeld", (trade) => String(trade.barsHeld)],
    ["durationMs", (trade) => String(trade.exitTime - trade.entryTime)],
    ["entryTag", (trade) => csvText(trade.entryTag ?? "")],
    ["exitTag", (trade) => csvText(trade.exitTag ?? "")],
    ["exitReason", (trade) => csvText(trade.exitReason)],
  ];
  const rows = trades.map((trade, index) => columns.map(([, cell]) => cell(trade, index)).join(","));
  return `${[columns.map(([name]) => name).join(","), ...rows].join("\n")}\n`;
}

/** The equity curve as recorded, with its drawdown as a share and the first symbol's close. */
export function equityCsv({ equity: { curve } }: RunRecord): string {
  const drawdowns = underwater(curve.equity.subarray(0, curve.length));
  const rows = Array.from(drawdowns, (drawdown, index) =>
    [isoTime(curve.time[index] as number), curve.equity[index], drawdown, curve.price[index]].map(String).join(","),
  );
  return `${["time,equity,drawdown,price", ...rows].join("\n")}\n`;
}

function isoTime(time: number): string {
  return Number.isFinite(time) ? new Date(time).toISOString() : "";
}

/** Free text as one CSV cell. A text that a spreadsheet would run as a formula gets an apostrophe in front. */
function csvText(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
