import { formatDay, formatDuration, formatNumber, formatValue } from "../format.ts";
import type { RunRecord } from "../run-record.ts";
import { html } from "./html.ts";
import type { Markup } from "./html.ts";
import { drawdownDuration, periodReturns, worstDrawdowns } from "./page-data.ts";
import type { PageData, PeriodReturn } from "./page-data.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Equity, drawdown under it, and the five deepest drawdowns. */
export function chartSections(record: RunRecord): Markup {
  const worst = worstDrawdowns(record);
  return html`<section id="equity" class="card" aria-labelledby="equity-title">
<div class="head"><h2 id="equity-title">Equity</h2>
<div class="controls">
<label class="check"><input type="checkbox" id="show-hold" checked> <i class="line hold"></i>Buy and hold ${record.symbols[0] ?? ""}</label>
<div class="segmented" role="group" aria-label="Scale"><button type="button" data-scale="linear" aria-pressed="true">Linear</button><button type="button" data-scale="log" aria-pressed="false">Log</button></div>
</div></div>
<div id="equity-chart" data-name="Equity" class="chart tall"></div>
<h3>Drawdown</h3>
<div id="drawdown-chart" data-name="Drawdown" class="chart short"></div>
${worst.length === 0 ? html`<p class="note">Equity was never below an earlier high.</p>` : drawdownTable(record)}
</section>`;
}

function drawdownTable(record: RunRecord): Markup {
  return html`<div class="scroll"><table class="plain" id="drawdown-table"><caption class="hidden">The deepest drawdowns</caption>
<thead><tr><th scope="col">Rank</th><th scope="col" class="number">Depth</th><th scope="col" class="number wide">Amount</th><th scope="col">High</th><th scope="col" class="wide">Low</th><th scope="col" class="wide">Recovered</th><th scope="col" class="number">Duration</th></tr></thead>
<tbody>${worstDrawdowns(record).map(
    (drawdown, index) => html`<tr data-drawdown="${index}"><th scope="row"><span class="rank">${index + 1}</span></th>
<td class="number loss">${formatValue(drawdown.ratio * 100, "percent")}</td>
<td class="number wide">${formatValue(drawdown.amount, "currency", { currency: record.currency })}</td>
<td>${formatDay(drawdown.peakTime)}</td><td class="wide">${formatDay(drawdown.troughTime)}</td>
<td class="wide">${Number.isNaN(drawdown.recoveryTime) ? "not yet" : formatDay(drawdown.recoveryTime)}</td>
<td class="number">${formatDuration(drawdownDuration(drawdown, record))}</td></tr>`,
  )}</tbody></table></div>`;
}

/** Monthly heatmap, yearly bars, distribution of daily returns and rolling Sharpe ratio. */
export function returnsSection(record: RunRecord, data: PageData): Markup {
  const returns = periodReturns(record).filter(({ returnPct }) => Number.isFinite(returnPct));
  return html`<section id="returns" class="grid" aria-label="Returns">
<div class="card span-2"><h2>Monthly returns</h2>${heatmap(returns)}</div>
<div class="card"><h2>Yearly returns</h2>${yearBars(returns, record.symbols[0] ?? "")}</div>
<div class="card"><h2>Daily returns</h2>${data.distribution === undefined ? missing("ten days whose equity changed") : html`<div id="distribution-chart" class="chart medium"></div>`}</div>
<div class="card span-2"><h2>Rolling Sharpe ratio${data.rolling !== undefined && html` <small>${data.rolling.window} ${record.timeframe === "1w" || record.timeframe === "1M" ? "bars" : "days"}</small>`}</h2>${
    data.rolling === undefined
      ? missing("at least 40 days with equity")
      : html`<div id="rolling-chart" data-name="Rolling Sharpe ratio" class="chart medium"></div><p class="note">Each point is the Sharpe ratio of the time before it, scaled to a year.</p>`
  }</div>
</section>`;
}

function heatmap(returns: readonly PeriodReturn[]): Markup {
  const years = [...new Set(returns.map(({ year }) => year))];
  const largest = Math.max(1, ...returns.filter(({ month }) => month > 0).map(({ returnPct }) => Math.abs(returnPct)));
  const cell = (year: number, month: number): Markup => {
    const found = returns.find((entry) => entry.year === year && entry.month === month);
    if (found === undefined) return html`<td class="empty"></td>`;
    const { returnPct } = found;
    const strength = month === 0 ? 0 : Math.min(1, Math.sqrt(Math.abs(returnPct) / largest)) * 100;
    return html`<td class="${returnPct < 0 ? "loss" : "gain"}${month === 0 && " total"}" style="--strength: ${Math.round(strength)}%">${formatNumber(returnPct, Math.abs(returnPct) >= 100 ? 0 : 1)}</td>`;
  };
  if (years.length === 0) return missing("a day with equity");
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Monthly returns"><table class="heatmap"><caption class="hidden">Returns by month in percent</caption>
<thead><tr><th scope="col">Year</th>${MONTHS.map((month) => html`<th scope="col">${month}</th>`)}<th scope="col" class="total">Year</th></tr></thead>
<tbody>${years.map((year) => html`<tr><th scope="row">${year}</th>${MONTHS.map((_, month) => cell(year, month + 1))}${cell(year, 0)}</tr>`)}</tbody></table></div>
<p class="note">Percent of the equity at the end of the month before.</p>`;
}

/** Bars of HTML: readable without a script, and by a screen reader as a list. */
function yearBars(returns: readonly PeriodReturn[], symbol: string): Markup {
  const years = returns.filter(({ month }) => month === 0);
  if (years.length === 0) return missing("a day with equity");
  const largest = Math.max(...years.flatMap(({ returnPct, holdPct }) => [Math.abs(returnPct), Math.abs(holdPct)]), 1e-9);
  const bar = (value: number, kind: string): Markup =>
    html`<span class="track ${kind}"><i class="${value < 0 ? "loss" : "gain"}" style="--share: ${((Math.abs(value) / largest) * 50).toFixed(2)}%"></i></span><b>${value > 0 && "+"}${formatValue(value, "percent")}</b>`;
  return html`<ul class="years">${years.map(
    ({ year, returnPct, holdPct }) =>
      html`<li><strong>${year}</strong>${bar(returnPct, "run")}<span class="hidden">, buy and hold</span>${bar(holdPct, "hold")}</li>`,
  )}</ul><p class="note">Thin bars: buy and hold ${symbol}.</p>`;
}

/** Price with entries and exits, and the list of trades. */
export function tradesSection(record: RunRecord, data: PageData): Markup {
  const { chart, trades, symbols } = record;
  return html`<section id="trades" aria-label="Trades">
<div class="card"><div class="head"><h2>Price and trades${chart !== undefined && html` <small>${symbols[0] ?? ""}, ${data.price?.timeframe} bars</small>`}</h2>
<div class="controls"><span id="price-status" class="status" role="status"></span>${chart !== undefined && html`<button type="button" class="quiet" id="price-fit">Show all</button>`}</div></div>
${
  chart === undefined
    ? html`<p class="note">This run kept no bars for a chart.</p>`
    : html`<div id="price-chart" class="chart price"></div>
<p class="legend"><span><i class="arrow buy"></i>bought</span><span><i class="arrow sell"></i>sold</span><span><i class="line gain"></i>trade won</span><span><i class="line loss dashed"></i>trade lost</span><span class="right">Times are UTC</span></p>`
}</div>
<div class="card"><div class="head"><h2>Trade list <small id="trade-count">${formatNumber(trades.length, 0)} trades</small></h2>
<form class="controls" id="trade-filter" autocomplete="off"><input type="search" id="trade-search" placeholder="Symbol, tag or reason" aria-label="Filter by symbol, tag or reason">
<select id="trade-direction" aria-label="Direction"><option value="">Long and short</option><option value="long">Long</option><option value="short">Short</option></select>
<select id="trade-outcome" aria-label="Outcome"><option value="">Won and lost</option><option value="won">Won</option><option value="lost">Lost</option></select></form></div>
<div class="scroll"><table class="plain trades" id="trade-table"><caption class="hidden">Closed trades; choose one to see it in the chart</caption><thead></thead><tbody></tbody></table></div>
<div class="pager" id="trade-pager"></div></div>
</section>`;
}

function missing(what: string): Markup {
  return html`<p class="note">Not available: needs ${what}.</p>`;
}
