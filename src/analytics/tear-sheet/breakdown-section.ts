import type { BreakdownRow, Breakdowns } from "../breakdowns.ts";
import { formatDuration, formatNumber, formatValue } from "../format.ts";
import type { RunRecord } from "../run-record.ts";
import type { Statistics } from "../statistics.ts";
import { html } from "./html.ts";
import type { Markup } from "./html.ts";
import { tabs } from "./tabs.ts";

const TABLES: readonly (readonly [keyof Breakdowns, string, string])[] = [
  ["byExitReason", "Exit reason", "reason"],
  ["byEntryTag", "Entry tag", "tag"],
  ["byTagAndReason", "Tag and reason", "tag-reason"],
  ["bySymbol", "Symbol", "symbol"],
  ["byDirection", "Direction", "direction"],
  ["byWeekday", "Weekday", "weekday"],
  ["byHour", "Hour", "hour"],
  ["byWeek", "Week", "week"],
  ["byMonth", "Month", "month"],
  ["byYear", "Year", "year"],
];

/** Trades summed up by what they have in common, one table at a time. */
export function breakdownSection(record: RunRecord, { tables }: Statistics): Markup {
  const filled = TABLES.filter(([key]) => tables[key].length > 0);
  return html`<section id="breakdowns" class="card" aria-labelledby="breakdowns-title"><h2 id="breakdowns-title">Breakdowns</h2>
${
  filled.length === 0
    ? html`<p class="note">No trade was closed.</p>`
    : tabs(
        "breakdown",
        "Break down by",
        filled.map(([key, title, id]) => ({ id, title, content: table(title, tables[key], record.currency) })),
      )
}
<p class="note">Times are those of the exit, in UTC.</p></section>`;
}

function table(title: string, rows: readonly BreakdownRow[], currency: string): Markup {
  const largest = Math.max(...rows.map((row) => Math.abs(row.profit)), 1e-9);
  return html`<div class="scroll limited" tabindex="0" role="region" aria-label="${title}"><table class="plain breakdown"><caption class="hidden">Trades by ${title.toLowerCase()}</caption>
<thead><tr><th scope="col">${title}</th><th scope="col" class="number">Trades</th><th scope="col" class="number">Won</th><th scope="col" class="number">Profit ${currency}</th><th scope="col" class="diverging wide"><span class="hidden">Profit as a bar</span></th><th scope="col" class="number wide">of capital</th><th scope="col" class="number wide">Avg. trade</th><th scope="col" class="number wide">Profit factor</th><th scope="col" class="number wide">Avg. holding</th></tr></thead>
<tbody>${rows.map(
    (row) => html`<tr><th scope="row">${row.key}</th><td class="number">${formatNumber(row.trades, 0)}</td>
<td class="number">${formatNumber(row.winRatePct, 1)} %</td><td class="number ${toneOf(row.profit)}">${formatValue(row.profit, "currency")}</td>
<td class="diverging wide"><span class="track"><i class="${toneOf(row.profit)}" style="--share: ${((Math.abs(row.profit) / largest) * 50).toFixed(2)}%"></i></span></td>
<td class="number wide">${formatValue(row.profitPct, "percent")}</td><td class="number wide">${formatValue(row.averageTradePct, "percent")}</td>
<td class="number wide">${row.profitFactor === undefined ? "n/a" : formatValue(row.profitFactor, "ratio")}</td><td class="number wide">${formatDuration(row.averageHoldingMs)}</td></tr>`,
  )}</tbody></table></div>`;
}

function toneOf(profit: number): string {
  return profit < 0 ? "loss" : "gain";
}
