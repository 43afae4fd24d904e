import { HEADLINE } from "./definitions/headline.ts";
import { formatDay, formatDuration, formatNumber, formatStatistic, formatValue, sparkline } from "./format.ts";
import type { RunRecord } from "./run-record.ts";
import { numberOf } from "./statistic.ts";
import type { Statistics } from "./statistics.ts";

/** How the report is printed. */
export interface ReportOptions {
  /** Columns of the terminal. @default 80 */
  readonly width?: number;
  /** Whether colours and bold are used. @default false */
  readonly colour?: boolean;
}

type Key = keyof typeof HEADLINE;
type Style = "bold" | "dim" | "good" | "bad" | "plain";

/** What stands in each part; a pair of keys shares one line. */
const PARTS: readonly (readonly [string, readonly (Key | readonly [string, Key, Key])[]])[] = [
  [
    "Performance",
    [
      "netProfit",
      "returnPct",
      "buyAndHoldReturnPct",
      "cagrPct",
      "volatilityPct",
      "sharpeRatio",
      "sortinoRatio",
      "calmarRatio",
      "omegaRatio",
    ],
  ],
  [
    "Risk",
    [
      "maxDrawdownPct",
      "maxDrawdown",
      "averageDrawdownPct",
      "longestDrawdown",
      "valueAtRisk95Pct",
      "worstDayPct",
      "exposureTimePct",
      "beta",
      "probabilisticSharpePct",
    ],
  ],
  [
    "Trades",
    [
      "trades",
      ["Long / short", "longTrades", "shortTrades"],
      "winRatePct",
      "profitFactor",
      "expectancy",
      "averageTradePct",
      ["Best / worst trade", "bestTradePct", "worstTradePct"],
      ["Streak won / lost", "longestWinStreak", "longestLossStreak"],
      "averageHolding",
      "systemQualityNumber",
    ],
  ],
  [
    "Costs and orders",
    [
      "fees",
      "funding",
      "tradedValue",
      "turnoverPct",
      "feeShareOfGrossPct",
      "ordersSubmitted",
      ["Filled / cancelled", "ordersFilled", "ordersCancelled"],
      ["Rejected / expired", "ordersRejected", "ordersExpired"],
      "ordersRefused",
      "openTrades",
    ],
  ],
];

/** Figures whose sign says good or bad. */
const SIGNED: ReadonlySet<string> = new Set<Key>([
  "netProfit",
  "returnPct",
  "buyAndHoldReturnPct",
  "cagrPct",
  "sharpeRatio",
  "sortinoRatio",
  "calmarRatio",
  "expectancy",
  "averageTradePct",
  "systemQualityNumber",
]);

/** Below this, the parts stand under each other. */
const TWO_COLUMNS_MIN = 76;

/** The result of a run for a terminal: about 40 lines, two columns where there is room. */
export function renderReport(record: RunRecord, statistics: Statistics, options: ReportOptions = {}): string {
  const width = Math.max(44, options.width ?? 80);
  const paint = options.colour === true ? paintAnsi : (text: string) => text;
  const parts = PARTS.map(([title, rows]) => [title, rows.map((row) => toRow(row, record, statistics))] as const);
  const lines = [...header(record, width, paint), ""];

  if (width >= TWO_COLUMNS_MIN) {
    const half = Math.floor((width - 4) / 2);
    for (let index = 0; index < parts.length; index += 2) {
      const [left, right] = [parts[index], parts[index + 1]].map((part) => (part === undefined ? [] : block(part, half, paint)));
      const height = Math.max(left?.length ?? 0, right?.length ?? 0);
      for (let row = 0; row < height; row += 1) lines.push(`${left?.[row] ?? " ".repeat(half)}    ${right?.[row] ?? ""}`.trimEnd());
      lines.push("");
    }
  } else {
    for (const part of parts) lines.push(...block(part, width, paint).map((line) => line.trimEnd()), "");
  }
  lines.push(...exitReasons(record, statistics, width, paint), ...footer(record, statistics, width, paint));
  return `${lines.join("\n")}\n`;
}

interface Row {
  readonly label: string;
  readonly text: string;
  readonly style: Style;
}

function toRow(row: Key | readonly [string, Key, Key], { currency }: RunRecord, { headline }: Statistics): Row {
  if (typeof row !== "string") {
    const [label, first, second] = row;
    const texts = [first, second].map((key) => formatStatistic(headline[key], HEADLINE[key].unit));
    return { label, text: texts[0] === texts[1] && texts[0] === "n/a" ? "n/a" : texts.join(" / "), style: "plain" };
  }
  const statistic = headline[row];
  const { label = row, unit } = HEADLINE[row];
  const text = formatStatistic(statistic, unit, { currency });
  const gain = SIGNED.has(row) ? Math.sign(numberOf(statistic)) : 0;
  const style = statistic.value === undefined ? "dim" : gain > 0 ? "good" : gain < 0 ? "bad" : "plain";
  return { label, text: gain > 0 && unit !== "ratio" ? `+${text}` : text, style };
}

type Paint = (text: string, style: Style) => string;

function header(record: RunRecord, width: number, paint: Paint): string[] {
  const { equity, currency } = record;
  const where = `${record.exchange} ${record.market} ${record.symbols.join(", ")} ${record.timeframe}`;
  const days = formatDuration(record.to - record.from);
  const when = `${formatDay(record.from)} to ${formatDay(record.to)} (${days}, ${formatNumber(equity.bars, 0)} bars, ${record.dataSource} data)`;
  const from = formatValue(equity.startEquity, "currency");
  const to = formatValue(equity.endEquity, "currency", { currency });
  const room = width - from.length - to.length - 6;
  const line = sparkline(equity.daily.equity, Math.max(8, Math.min(60, room)));
  const style = equity.endEquity < equity.startEquity ? "bad" : "good";
  return [
    paint(clip(record.expert.name, width), "bold"),
    clip(where, width),
    paint(clip(when, width), "dim"),
    "",
    `${from}  ${paint(line, style)}  ${paint(to, style)}`,
  ];
}

function block([title, rows]: readonly [string, readonly Row[]], width: number, paint: Paint): string[] {
  const head = title.toUpperCase();
  return [
    paint(head, "bold") + " ".repeat(Math.max(0, width - head.length)),
    ...rows.map(({ label, text, style }) => {
      const gap = Math.max(1, width - label.length - text.length);
      return `${paint(label, "dim")}${" ".repeat(gap)}${paint(text, style)}`;
    }),
  ];
}

/** The four exit reasons that mattered most, and the rest in one line. */
function exitReasons(record: RunRecord, { tables }: Statistics, width: number, paint: Paint): string[] {
  const rows = tables.byExitReason.toSorted((left, right) => right.trades - left.trades);
  if (rows.length === 0) return [paint("No trade was closed.", "dim"), ""];
  const columns = Math.min(24, width - 28);
  const amountWidth = width - columns - 16;
  const lines = rows.slice(0, 4).map((row) => {
    const share = `${formatNumber(row.winRatePct, 1)} %`;
    const profit = `${row.profit > 0 ? "+" : ""}${formatValue(row.profit, "currency")}`;
    const cells = `${formatNumber(row.trades, 0).padStart(7)}${share.padStart(9)}`;
    return `${clip(row.key, columns).padEnd(columns)}${cells}${paint(profit.padStart(amountWidth), row.profit < 0 ? "bad" : "plain")}`;
  });
  if (rows.length > 4) lines.push(paint(`… and ${rows.length - 4} more in the tear sheet`, "dim"));
  const head = `${"EXIT REASON".padEnd(columns)}${"trades".padStart(7)}${"won".padStart(9)}${`profit ${record.currency}`.padStart(amountWidth)}`;
  return [paint(head, "bold"), ...lines, ""];
}

/** Why figures are missing, warnings, and how long it took. */
function footer(record: RunRecord, { headline }: Statistics, width: number, paint: Paint): string[] {
  const shown = PARTS.flatMap(([, rows]) => rows).filter((row) => typeof row === "string");
  const reasons = Map.groupBy(
    shown.filter((key) => headline[key].value === undefined),
    (key) => headline[key].reason ?? "",
  );
  const missing = [...reasons].map(([reason, keys]) => `${keys.map((key) => HEADLINE[key].label ?? key).join(", ")}: n/a, ${reason}`);
  const notes = [...missing.slice(0, 4), ...record.warnings.slice(0, 4).map((warning) => `Warning: ${warning}`)];
  if (record.warnings.length > 4) notes.push(`… and ${record.warnings.length - 4} more warnings in report.json`);
  const timings = Object.entries(record.timings).map(([stage, time]) => `${stage} ${formatNumber(time, 0)} ms`);
  return [
    ...notes.map((note) => paint(clip(note, width), note.startsWith("Warning") ? "bad" : "dim")),
    paint(clip([`journal ${record.journalHash.slice(0, 12)}`, `seed ${record.seed}`, ...timings].join(" · "), width), "dim"),
  ];
}

function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

const CODES: Readonly<Record<Style, string>> = { bold: "1", dim: "2", good: "36", bad: "33", plain: "" };

/** Cyan and yellow instead of green and red, which many readers cannot tell apart. */
function paintAnsi(text: string, style: Style): string {
  return style === "plain" ? text : `\u001B[${CODES[style]}m${text}\u001B[0m`;
}
