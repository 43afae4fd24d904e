import { HEADLINE } from "../definitions/headline.ts";
import { formatDay, formatDuration, formatNumber, formatStatistic } from "../format.ts";
import type { RunRecord } from "../run-record.ts";
import { numberOf } from "../statistic.ts";
import type { Statistics } from "../statistics.ts";
import { html } from "./html.ts";
import type { Markup } from "./html.ts";

type Key = keyof typeof HEADLINE;

const SECTIONS = [
  ["equity", "Equity"],
  ["returns", "Returns"],
  ["trades", "Trades"],
  ["breakdowns", "Breakdowns"],
  ["statistics", "Statistics"],
  ["reproduce", "Reproduce"],
] as const;

/** Name of the expert, what it traded and when, and the way through the page. */
export function headerSection(record: RunRecord): Markup {
  const { exchange, market, symbols, timeframe, from, to, equity, dataSource } = record;
  const shown = symbols.length > 4 ? `${symbols.slice(0, 4).join(", ")} and ${symbols.length - 4} more` : symbols.join(", ");
  return html`<header class="top">
<div class="bar">
<p class="brand"><span class="mark" aria-hidden="true"></span>MetaExpert <span>backtest</span></p>
<nav aria-label="Sections">${SECTIONS.map(([id, title]) => html`<a href="#${id}">${title}</a>`)}</nav>
<button type="button" id="theme" class="quiet" aria-label="Colour scheme: automatic"><span aria-hidden="true"></span></button>
</div>
<div class="title">
<h1>${record.expert.name}</h1>
<p class="facts"><strong>${shown}</strong><span>${timeframe} bars</span><span>${exchange} ${market}</span><span>${formatDay(from)} to ${formatDay(to)}</span><span>${formatDuration(to - from)}</span><span>${formatNumber(equity.bars, 0)} bars, ${dataSource} data</span></p>
</div>
</header>`;
}

/** The eight figures to look at first. */
export function tileSection(record: RunRecord, { headline }: Statistics): Markup {
  const { currency } = record;
  const show = (key: Key, withCurrency = false): string =>
    formatStatistic(headline[key], HEADLINE[key].unit, withCurrency ? { currency } : {});
  const signed = (key: Key): string => `${numberOf(headline[key]) > 0 ? "+" : ""}${show(key)}`;
  const lead = numberOf(headline.returnPct) - numberOf(headline.buyAndHoldReturnPct);
  const ahead = Number.isFinite(lead) ? `${formatNumber(Math.abs(lead), 2)} points ${lead < 0 ? "behind" : "ahead of"} it` : "";

  const tiles: readonly (readonly [Key, string, string, string])[] = [
    ["returnPct", "Return", signed("returnPct"), `${signed("netProfit")} ${currency}`],
    ["buyAndHoldReturnPct", "Buy and hold", signed("buyAndHoldReturnPct"), ahead],
    ["cagrPct", "CAGR", signed("cagrPct"), `volatility ${show("volatilityPct")}`],
    ["sharpeRatio", "Sharpe ratio", show("sharpeRatio"), `Sortino ${show("sortinoRatio")}, Calmar ${show("calmarRatio")}`],
    ["maxDrawdownPct", "Max drawdown", show("maxDrawdownPct"), `longest ${show("longestDrawdown")}`],
    ["winRatePct", "Win rate", show("winRatePct"), `${show("trades")} trades`],
    ["profitFactor", "Profit factor", show("profitFactor"), `expectancy ${show("expectancy", true)}`],
    ["exposureTimePct", "In the market", show("exposureTimePct"), `fees ${show("fees", true)}`],
  ];
  return html`<section class="tiles" aria-label="Key figures">${tiles.map(
    ([key, label, value, detail]) => html`<div class="tile">
<h2><button type="button" class="term" aria-describedby="tip-headline-${key}">${label}</button></h2>
<p class="value ${toneOf(key, headline)}">${value}</p>
<p class="detail">${headline[key].value === undefined ? headline[key].reason : detail}</p>
</div>`,
  )}</section>${record.warnings.length > 0 && warnings(record.warnings)}`;
}

function warnings(list: readonly string[]): Markup {
  return html`<details class="warnings" open><summary>${list.length === 1 ? "1 warning" : `${list.length} warnings`}</summary>
<ul>${list.map((warning) => html`<li>${warning}</li>`)}</ul></details>`;
}

/** Colour for figures whose sign says gain or loss. */
function toneOf(key: Key, headline: Statistics["headline"]): string {
  if (headline[key].value === undefined) return "none";
  if (key !== "returnPct" && key !== "buyAndHoldReturnPct" && key !== "cagrPct") return "";
  return numberOf(headline[key]) < 0 ? "loss" : "gain";
}
